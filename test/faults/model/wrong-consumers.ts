import { type ConsumerWay, settleLane } from './consumer.js';

/* Consumers with the mistakes that are made most often; each must be caught. */

/** A process that dies between the offset and the effect has lost the effect. */
export const offsetBeforeCommit: ConsumerWay = { settleLane, offsetFirst: true };

/** Lanes end in any order: the offset of the faster one says that the slower one is settled, too. */
export const offsetOverHoles: ConsumerWay = { settleLane, overHoles: true };

/** Neither receipts nor positions: what comes twice has two effects. */
export const inboxDropped: ConsumerWay = {
  settleLane: function* ({ tables, process }, lane, mark) {
    for (const [at, { key, place }] of lane.entries()) {
      if (place && key !== null) {
        const tx = tables.begin();
        const held = process.holds(() => tx.end());
        yield* tx.lock(key);
        tx.effect(key, place.id, place.sequence);
        yield;
        tx.commit();
        held.release();
      }
      mark(lane.slice(0, at + 1));
      yield;
    }
  },
};

/** "An upsert is idempotent": so it is, and a late copy of an old event overwrites the newer row. */
export const blindOverwrite: ConsumerWay = {
  settleLane: function* ({ tables, process }, lane, mark) {
    for (const [at, { key, place }] of lane.entries()) {
      if (place && key !== null) {
        const tx = tables.begin();
        const held = process.holds(() => tx.end());
        yield* tx.lock(key);
        tx.do(() => {
          tables.state.set(key, place.sequence);
          // Counted once only: as far as effects go, nothing is doubled.
          if (!tables.effects.some(({ eventId }) => eventId === place.id))
            tables.effects.push({ key, eventId: place.id, sequence: place.sequence });
        });
        yield;
        tx.commit();
        held.release();
      }
      mark(lane.slice(0, at + 1));
      yield;
    }
  },
};
