/**
 * Into how many independent streams one service's outbox is cut. One Node thread encodes at about 20 ms
 * of CPU per 1,000 events, so four shards are more than one process can fill, and two processes carry more
 * than one (bench/README.md); they are the unit in which replicas share the work. The number is part of
 * the tables (migration 0001): changing it while events wait would break the order of a subject.
 */
export const SHARDS = 4;

/** Ids of one outbox partition; six partitions of this size drop in 150 ms. */
export const PARTITION_IDS = 50_000;

const { imul } = Math;

/**
 * The shard of a subject: FNV-1a over topic and key. Every release must answer the same, or two relays
 * would publish one subject; it is also another hash than Kafka's murmur2, so shards spread over partitions.
 */
export function shardOf(topic: string, key: string): number {
  let hash = 0x811c9dc5;
  const bytes = Buffer.from(`${topic}\u0000${key}`, 'utf8');
  // Counted, not iterated: an iterator over the bytes was a tenth of what publishing cost.
  for (let at = 0; at < bytes.length; at++) hash = imul(hash ^ bytes[at]!, 0x01000193);
  // The low bits of FNV-1a are its weakest: fold the high half in.
  return ((hash ^ (hash >>> 16)) >>> 0) % SHARDS;
}
