import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { recordAccepted, type RecordRef, subjectRegistered, type SubjectRef } from '#contracts';
import type { Actor } from '#platform';
import { type ListKey, listTypeOn, loadSeeds } from '#seeds';
import { pdfFile } from '#testing';
import type { ListingCase } from '../src/domain/case/case.js';
import type { Finding } from '../src/domain/procedure/finding.js';
import type { GivenField } from '../src/domain/procedure/case-field.js';
import { findingsAsked } from '../src/domain/procedure/findings.js';
import { fictitiousFields } from './fields.js';
import type { RunningListing } from './running-listing.js';

export interface Answer {
  status: number;
  etag: string | undefined;
  // Bodies are looked at field by field.
  body: Record<string, unknown> & { items: Record<string, unknown>[]; next?: string };
}

export interface CallOptions {
  body?: object;
  ifMatch?: string;
  key?: string;
  headers?: Record<string, string>;
}

/** Calls the service over HTTP with the real guard; every person has a token of the test issuer. */
export class Desk {
  constructor(
    readonly running: RunningListing,
    private readonly token: (actor: Actor) => Promise<string>,
  ) {}

  async call(
    actor: Actor | undefined,
    method: 'GET' | 'POST',
    url: string,
    options: CallOptions = {},
  ): Promise<Answer> {
    const response = await this.running.app.inject({
      method,
      url,
      headers: {
        ...(actor ? { authorization: `Bearer ${await this.token(actor)}` } : {}),
        ...(options.ifMatch === undefined ? {} : { 'if-match': options.ifMatch }),
        // Demanded for the files of natural persons; the specs of that leave it out.
        'x-purpose': encodeURIComponent('办理案件（虚构）'),
        ...(options.key ? { 'idempotency-key': options.key } : {}),
        ...options.headers,
      },
      ...(options.body ? { payload: options.body } : {}),
    });
    return {
      status: response.statusCode,
      etag: response.headers['etag'] as string | undefined,
      body: response.json(),
    };
  }

  /** An answer that is no JSON: a file, as it came. */
  async file(
    actor: Actor | undefined,
    url: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }> {
    const authorization = actor ? { authorization: `Bearer ${await this.token(actor)}` } : {};
    const response = await this.running.app.inject({
      method: 'GET',
      url,
      headers: { ...authorization, ...headers },
    });
    return { status: response.statusCode, headers: response.headers, bytes: response.rawPayload };
  }

  /** @param to where files are uploaded, with what its address asks for beside the name */
  async upload(actor: Actor, to: string, name: string): Promise<Answer> {
    const response = await this.running.app.inject({
      method: 'POST',
      url: `${to}${to.includes('?') ? '&' : '?'}name=${encodeURIComponent(name)}`,
      headers: {
        authorization: `Bearer ${await this.token(actor)}`,
        'content-type': 'application/octet-stream',
      },
      payload: pdfFile(`（虚构）${name}`),
    });
    return { status: response.statusCode, etag: undefined, body: response.json() };
  }

  /** Proof, ruling and signed commitment, uploaded: what a request for repair brings along. */
  async handedIn(actor: Actor, to: string, signedOn: string): Promise<object> {
    const files = async (name: string): Promise<string[]> => {
      const { status, body } = await this.upload(actor, to, name);
      return status === 201 ? [String(body['id'])] : [];
    };
    return {
      papers: [
        { kind: 'proof', name: '缴款凭证（虚构）', files: await files('缴款凭证.pdf') },
        { kind: 'ruling', name: '裁定书（虚构）', files: await files('裁定书.pdf') },
      ],
      commitment: {
        template: 'ndrc-36/1',
        signedBy: '李某（虚构）',
        signedOn,
        files: await files('信用承诺书.pdf'),
      },
    };
  }

  async get(actor: Actor | undefined, url: string): Promise<Answer['body']> {
    const answer = await this.call(actor, 'GET', url);
    if (answer.status !== 200) throw new Error(`GET ${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** A subject with one penalty, as the records service would tell. */
  async knownPenalty(
    of: Partial<SubjectRef> = {},
    about: Partial<RecordRef> = {},
  ): Promise<{ subject: SubjectRef; record: RecordRef }> {
    const subject: SubjectRef = {
      ...subjectRegistered.sample.subject,
      id: uuidv7(),
      code: fictitiousCode(),
      ...of,
    };
    const record: RecordRef = { ...recordAccepted.sample.record, id: uuidv7(), ...about };
    await this.running.tell(subjectRegistered, subject.id, { subject });
    await this.running.tell(recordAccepted, subject.id, { record, subject });
    return { subject, record };
  }

  async open(handler: Actor, request: object): Promise<CaseDesk> {
    const answer = await this.call(handler, 'POST', '/api/listings', { body: request, key: randomUUID() });
    if (answer.status !== 201) throw new Error(`opening: ${answer.status} ${JSON.stringify(answer.body)}`);
    return new CaseDesk(this, handler, answer.body['id'] as string);
  }
}

/** One case at the desk: every step names the version that was read just before. */
export class CaseDesk {
  constructor(
    private readonly desk: Desk,
    private readonly owner: Actor,
    readonly id: string,
  ) {}

  read(): Promise<Answer['body']> {
    return this.desk.get(this.owner, `/api/listings/${this.id}`);
  }

  /** A step, refused or not; without `ifMatch` it names the version as it is now. */
  async try(
    actor: Actor | undefined,
    action: string,
    body: object,
    options: CallOptions = {},
  ): Promise<Answer> {
    const known = await this.read();
    const ifMatch = options.ifMatch ?? `"${String(known['version'])}"`;
    // The repair notice goes with the decision, under the number that it was made with.
    const notice = action === 'service' ? (known['decision'] as { repairNoticeNo?: string } | null) : null;
    const repairNoticeNo = notice?.repairNoticeNo;
    const findings = action === 'review' ? lettingPass(known) : [];
    const fields = action === 'decision' ? stillAsked(known) : [];
    return this.desk.call(actor, 'POST', `/api/listings/${this.id}/${action}`, {
      key: randomUUID(),
      ...options,
      ifMatch,
      body: {
        ...(repairNoticeNo ? { repairNoticeNo } : {}),
        ...(findings.length > 0 ? { findings } : {}),
        ...(fields.length > 0 ? { fields } : {}),
        ...body,
      },
    });
  }

  async does(actor: Actor, action: string, body: object): Promise<Answer['body']> {
    const answer = await this.try(actor, action, body);
    if (answer.status > 201) throw new Error(`${action}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** 核实: every condition of the open request is found met, and no bar to hold but the named ones. */
  async verifies(actor: Actor, requestId: string, found: string[] = []): Promise<Answer['body']> {
    const request = (await this.read())['removalRequest'] as { conditions: string[]; bars: string[] };
    return this.does(actor, `repairs/${requestId}/verification`, {
      text: '经核实（虚构）',
      conditions: request.conditions.map((code) => ({ code, met: true })),
      bars: request.bars.map((code) => ({ code, found: found.includes(code) })),
    });
  }
}

const lists = loadSeeds('list-types');

/** Findings that let the list take the case in, where it asks for some. */
function lettingPass(known: Answer['body']): Finding[] {
  const state = known as unknown as ListingCase;
  const list = listTypeOn(lists, state.listType as ListKey, state.rulesVersion);
  const asked = list ? findingsAsked(list, state) : [];
  return asked.map(({ code, against }) => ({ code, found: against === 'not-found' }));
}

/** What the list asks for beside the reasons and the opening did not bring. */
function stillAsked(known: Answer['body']): GivenField[] {
  const { listType, rulesVersion, subject, fields = [] } = known as unknown as ListingCase;
  const list = listTypeOn(lists, listType as ListKey, rulesVersion);
  const all = list ? fictitiousFields(list, subject.kind) : [];
  return all.filter(({ code }) => !fields.some((one) => one.code === code));
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Right in form; its check characters are the records service's business. */
export function fictitiousCode(): string {
  const random = Array.from({ length: 10 }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]);
  return `91230100${random.join('')}`;
}

/* Bodies of the steps, as every story sends them. */

export const noticeOn = (servedOn: string) => ({
  noticeNo: '（虚构）告知1号',
  reasons: '违法行为情节严重',
  way: 'personal',
  servedOn,
});
export const toList = { opinion: 'list', text: '事实清楚（虚构）' };
export const decisionNo = (no: string) => ({ decisionNo: no, reasons: '违法行为情节严重' });
let numbered = 0;
/** Where the number does not matter: the next of the unit's series, since none is given twice. */
export const nextDecision = () => decisionNo(`（虚构）列决〔${++numbered}〕号`);
export const servedOn = (day: string) => ({
  way: 'personal',
  servedOn: day,
});
export const passed = { secrecyReview: 'passed', text: '不涉密（虚构）' };
export const repairOf = (correctedOn: string) => ({
  correctedOn,
  commitment: true,
  statement: '义务已全部履行（虚构）',
  materials: ['缴款凭证（虚构）'],
});
