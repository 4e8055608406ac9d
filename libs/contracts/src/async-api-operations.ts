import { allContracts } from './all-contracts.js';
import type { Topic } from './contract.js';
import { HEARERS } from './hearers.js';

export type Part = Record<string, unknown>;

/** Version of AsyncAPI's Kafka bindings, which are kept apart from AsyncAPI itself. */
export const BINDING = '0.5.0';

export const reference = (...path: string[]): { $ref: string } => ({ $ref: `#/${path.join('/')}` });

interface Operation {
  action: 'send' | 'receive';
  title: string;
  channel: { $ref: string };
  messages: { $ref: string }[];
  bindings?: Part;
}

/**
 * One operation for each service and topic, with those messages that it really sends (read off the `source` of
 * the contracts) or hears. Replicas of a service hear as one consumer group.
 */
export function operations(prefix: string): Record<string, Operation> {
  const found: Record<string, Operation> = {};
  const add = (action: Operation['action'], service: string, topic: Topic, type: string): void => {
    const operation = (found[`${service}-${action}s-${topic}`] ??= {
      action,
      title: `${service} ${action}s ${topic}`,
      channel: reference('channels', topic),
      messages: [],
      ...(action === 'receive' ? { bindings: { kafka: group(`${prefix}.${service}`) } } : {}),
    });
    operation.messages.push(reference('channels', topic, 'messages', type));
  };
  for (const { source, topic, type } of allContracts) add('send', source.slice(1), topic, type);
  for (const [service, heard] of Object.entries(HEARERS))
    for (const { topic, type } of heard) add('receive', service, topic, type);
  return found;
}

const group = (id: string): Part => ({
  groupId: { type: 'string', enum: [id] },
  bindingVersion: BINDING,
});
