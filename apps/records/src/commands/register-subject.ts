import { Injectable } from '@nestjs/common';
import type { SubjectRef } from '#contracts';
import { checkCreditCode, type SubjectKind } from '#kernel';
import { publish } from '#messaging';
import { type Actor, Database } from '#platform';
import { citizenIdFaultTexts, CODE_FAULTS } from '../domain/code-fault.js';
import type { SubjectIdentity } from '../domain/subject-identity.js';
import { subjectRefusals } from '../domain/subject-refusals.js';
import { subjectRef, tellRegistered } from '../events/outbox.js';
import { providerOf } from './provider.js';
import { SubjectRegistrar } from './subject-registrar.js';

export interface SubjectToRegister {
  kind: SubjectKind;
  code?: string;
  citizenId?: string;
  name: string;
  region: string;
  unit?: string;
}

export interface RegisteredSubject extends SubjectRef {
  version: number;
  unit: string | null;
  /** the subject was known before; nothing was changed */
  existing: boolean;
}

@Injectable()
export class RegisterSubject {
  constructor(
    private readonly db: Database,
    private readonly registrar: SubjectRegistrar,
  ) {}

  /** @throws Refusal `subject.identity-missing`, `subject.code-invalid`, `subject.citizen-id-invalid`, `subject.kind-differs` */
  register(actor: Actor, command: SubjectToRegister): Promise<RegisteredSubject> {
    const provider = providerOf(actor);
    const identity = identityGiven(command);
    const { name, region, unit } = command;
    return this.db.command(async (tx) => {
      const registered = await this.registrar.register(
        tx,
        [{ identity, name: name.trim(), region, unit }],
        provider,
      );
      const { row, created } = registered.get(this.registrar.keyOf(identity))!;
      if (row.kind !== command.kind)
        throw subjectRefusals.refusal('subject.kind-differs', { kind: row.kind }, 'kind');
      if (created) await publish(tx, tellRegistered(row));
      return { ...subjectRef(row), version: row.version, unit: row.unit, existing: !created };
    });
  }
}

/** The identity that a request gives, checked. @throws Refusal */
export function identityGiven({
  kind,
  code,
  citizenId,
}: Pick<SubjectToRegister, 'kind' | 'code' | 'citizenId'>): SubjectIdentity {
  if (kind === 'natural-person') {
    if (citizenId === undefined || code !== undefined)
      throw subjectRefusals.refusal('subject.identity-missing', { kind, field: 'citizenId' }, 'citizenId');
    const fault = citizenIdFaultTexts(citizenId);
    if (fault) throw subjectRefusals.refusal('subject.citizen-id-invalid', fault, 'citizenId');
    return { kind, citizenId };
  }
  if (code === undefined || citizenId !== undefined)
    throw subjectRefusals.refusal('subject.identity-missing', { kind, field: 'code' }, 'code');
  return { kind, code: creditCode(code, 'code') };
}

/** @throws Refusal `subject.code-invalid` */
export function creditCode(code: string, field?: string): string {
  const check = checkCreditCode(code);
  if (!check.ok) throw subjectRefusals.refusal('subject.code-invalid', CODE_FAULTS[check.reason], field);
  return code;
}
