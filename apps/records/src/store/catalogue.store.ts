import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import type { RecordType, SeverityRule } from '#seeds';

@Injectable()
export class CatalogueStore {
  async save(tx: Tx, types: readonly RecordType[], rules: readonly SeverityRule[]): Promise<void> {
    await tx.query(
      `INSERT INTO record_type (id, version, valid_from, valid_to, content)
       SELECT * FROM unnest($1::text[], $2::int[], $3::date[], $4::date[], $5::jsonb[])
       ON CONFLICT (id, version) DO UPDATE SET valid_from = excluded.valid_from, valid_to = excluded.valid_to, content = excluded.content`,
      [
        types.map((type) => type.id),
        types.map((type) => type.version),
        types.map((type) => type.validFrom),
        types.map((type) => type.validTo),
        types.map((type) => JSON.stringify(type)),
      ],
    );
    await tx.query(
      `INSERT INTO severity_rule (id, record_type, valid_from, valid_to, content)
       SELECT * FROM unnest($1::text[], $2::text[], $3::date[], $4::date[], $5::jsonb[])
       ON CONFLICT (id) DO UPDATE SET record_type = excluded.record_type, valid_from = excluded.valid_from,
         valid_to = excluded.valid_to, content = excluded.content`,
      [
        rules.map((rule) => rule.id),
        rules.map((rule) => rule.recordType),
        rules.map((rule) => rule.validFrom),
        rules.map((rule) => rule.validTo),
        rules.map((rule) => JSON.stringify(rule)),
      ],
    );
    // A rule that left the seeds must not judge on; records name the rule that judged them. Types stay: records are read by theirs.
    await tx.query('DELETE FROM severity_rule WHERE id <> ALL($1::text[])', [rules.map((rule) => rule.id)]);
  }

  async all(tx: Tx): Promise<{ types: RecordType[]; rules: SeverityRule[] }> {
    const types = await tx.query<{ content: RecordType }>(
      'SELECT content FROM record_type ORDER BY id, version',
    );
    const rules = await tx.query<{ content: SeverityRule }>('SELECT content FROM severity_rule ORDER BY id');
    return { types: types.rows.map((row) => row.content), rules: rules.rows.map((row) => row.content) };
  }
}
