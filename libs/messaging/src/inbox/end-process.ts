/**
 * What a service does when KafkaJS has given up its consumer for good: a process without its consumer would look
 * alive and do half its work. Non-zero, so that whoever watches over it starts another.
 */
export function endProcess(): never {
  process.exit(1);
}
