/** The consumers of the run: each has a group and a database of its own. */
export const CONSUMERS = ['grading', 'notifications'] as const;

export const PARTITIONS = 6;

/** What a process of the fault run is given at its start. */
export interface AppSettings {
  name: string;
  role: 'producer' | 'consumer';
  /** name of the consumer, and of its group */
  consumer?: string;
  databaseUrl: string;
  brokers: string[];
  kafkaProxy: number;
  prefix: string;
  seed: number;
  /** the mistake of a wrong-app */
  plant?: string;
}

/** How a consumer's handler behaves. */
export interface Mode {
  slowMs: number;
  /** so long for one event, once */
  stallMs: number;
  /** share of calls that end in a real serialization failure */
  conflicts: number;
  /** whether what the load marked as poison is refused, or fails */
  refusing: boolean;
}

/** From the runner to a process. */
export interface Command {
  /** transactions a second */
  load?: number;
  mode?: Partial<Mode>;
  /** a partition that brings nothing until it is resumed */
  pause?: number;
  resume?: number;
  settle?: { id: string; act: 'redrive' | 'discard' }[];
}

/** From a process to the runner. */
export interface Report {
  acknowledged?: string[];
  owned?: number[];
  /** transactions of the load under way */
  open?: number;
  ready?: boolean;
  consumed?: Record<string, number>;
  note?: string;
}
