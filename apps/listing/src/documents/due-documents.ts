import type { LocalDate } from '#kernel';
import type { DocumentKind } from '#seeds';
import type { EndKind, ListingCase } from '../domain/case.js';
import type { Fact } from '../domain/facts.js';
import type { RepairRequest } from '../domain/repair/entry.js';
import { dateInWords } from './chinese.js';
import type { Values } from './letter.js';

/** A letter that a fact brings with it. */
export interface DueDocument {
  kind: DocumentKind;
  /** Its number; null where the step gives none and the case's number with the version stands in. */
  no: string | null;
  on: LocalDate;
  /** What the fact adds to the values of the case. */
  values: Values;
}

/**
 * Which letters a fact brings. The repair notice is made with the decision, since both are served together
 * (两书同达). An entry that expires needs no decision: the party is told, and the certificate follows.
 *
 * @param state the case after the fact
 * @param request the request for removal that was open before it
 */
export function dueDocuments(fact: Fact, state: ListingCase, request: RepairRequest | null): DueDocument[] {
  switch (fact.type) {
    case 'noticed':
      return [{ kind: 'notice', no: fact.notice.no, on: fact.notice.servedOn, values: {} }];
    case 'decided': {
      const { no, repairNoticeNo, decidedOn: on } = fact.decision;
      return [
        { kind: 'decision', no, on, values: {} },
        { kind: 'repair-notice', no: repairNoticeNo ?? null, on, values: {} },
      ];
    }
    case 'removal-granted':
    case 'removal-refused': {
      // A letter of the list: what concerns 信用中国 alone, or a provisional lifting, has no form of its own.
      if (request && request.aim !== 'removal') return [];
      const kind = fact.type === 'removal-granted' ? 'removal-decision' : 'removal-refusal';
      const values = {
        requestedOn: request && dateInWords(request.requestedOn),
        answeredOn: dateInWords(fact.on),
        answerReasons: fact.reasons,
      };
      return [{ kind, no: null, on: fact.on, values }];
    }
    case 'ended': {
      const { kind, endedOn, reasons } = fact.end;
      if (kind !== 'revoked' && kind !== 'corrected') return [];
      const values = { endedOn: dateInWords(endedOn), endReasons: reasons };
      return [{ kind: 'revocation', no: null, on: endedOn, values }];
    }
    case 'closed': {
      if (state.status !== 'closed') return [];
      const { endedOn, kind } = state.end;
      const values = {
        endedOn: dateInWords(endedOn),
        endKind: END_KINDS[kind],
        closedOn: dateInWords(fact.closedOn),
      };
      return [{ kind: 'closure-certificate', no: null, on: fact.closedOn, values }];
    }
    default:
      return [];
  }
}

const END_KINDS: Readonly<Record<EndKind, string>> = {
  expired: '期满移出',
  'early-removal': '提前移出',
  revoked: '撤销列入',
  corrected: '更正',
  performed: '履行后移出',
};
