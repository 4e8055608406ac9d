import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import type { Queryable } from '#platform';
import type { HandingIn, PaperKind } from '../domain/repair/handed-in.js';
import { Attachments, type FilesOf } from '../store/attachments.js';

/** What is handed in, as it is asked for over HTTP: files by the ids under which they were uploaded. */
export interface HandedInByIds {
  papers?: { kind: PaperKind; name: string; files: string[] }[];
  commitment?: { template?: string; text?: string; signedBy: string; signedOn: LocalDate; files?: string[] };
}

/** Looks up the files that a side names: only what it uploaded itself, for this case or record. */
@Injectable()
export class HandIn {
  constructor(private readonly attachments: Attachments) {}

  /** @throws Refusal `attachment.not-found` */
  async filesOf(
    db: Queryable,
    of: FilesOf,
    byParty: boolean,
    { papers, commitment }: HandedInByIds,
  ): Promise<HandingIn> {
    const refs = (ids: readonly string[]) => this.attachments.refs(db, of, byParty, ids);
    const found: HandingIn['papers'] = [];
    for (const paper of papers ?? []) found.push({ ...paper, files: await refs(paper.files) });
    if (!commitment) return { papers: found, commitment: null };
    const { template, text, signedBy, signedOn, files } = commitment;
    const words = { template: template ?? null, text: text ?? null };
    return { papers: found, commitment: { ...words, signedBy, signedOn, files: await refs(files ?? []) } };
  }
}
