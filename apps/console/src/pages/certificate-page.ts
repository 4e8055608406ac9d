import { escapeHtml, page } from './html.js';

/** What the listing service says of a certificate to whoever holds its code. */
export interface VerifiedCertificate {
  valid: boolean;
  reason?: string;
  reasonZh?: string;
  code: string;
  listName: string;
  subjectName: string;
  departmentName: string;
  decisionNo: string;
  documentNo: string;
  issuedOn: string;
  endedOn?: string | null;
  closedOn?: string | null;
  receipts: number;
  pdfSha256: string | null;
}

const ROWS: readonly [keyof VerifiedCertificate, string, string][] = [
  ['code', '核验码', 'code'],
  ['subjectName', '当事人', 'party'],
  ['listName', '名单', 'list'],
  ['departmentName', '签发机关', 'issued by'],
  ['decisionNo', '列入决定书', 'decision'],
  ['documentNo', '证明文号', 'number'],
  ['issuedOn', '签发日期', 'issued on'],
  ['endedOn', '移出日期', 'taken off on'],
  ['closedOn', '办结日期', 'closed on'],
  ['receipts', '回执数', 'receipts'],
  ['pdfSha256', '文件摘要 SHA-256', 'digest of the file'],
];

/** What the holder of a paper sees who scans its code: whether it holds, and what to compare on it. */
export function certificatePage(found: VerifiedCertificate): string {
  const verdict = found.valid
    ? '<p><strong>本证明有效。</strong> <small>This certificate is valid.</small></p>'
    : `<p><strong>本证明已经无效。</strong> ${escapeHtml(found.reasonZh ?? '')}<br><small>Not valid any more. ${escapeHtml(found.reason ?? '')}</small></p>`;
  const rows = ROWS.filter(([name]) => found[name] !== undefined && found[name] !== null).map(
    ([name, zh, en]) =>
      `<tr><td>${zh} <small>${en}</small></td><td>${escapeHtml(String(found[name]))}</td></tr>`,
  );
  return page(
    '办结证明查验',
    `<h1>办结证明查验 <small>Certificate of closure</small></h1>
${verdict}
<table>
${rows.join('\n')}
</table>
<p>请与纸面记载逐项核对;不一致的,以此处为准。<br>
<small>Compare each line with the paper; where they differ, this page is right.</small></p>`,
  );
}

/** No such code, or nobody to ask. */
export function noCertificatePage(zh: string, en: string): string {
  return page(
    '办结证明查验',
    `<h1>办结证明查验 <small>Certificate of closure</small></h1>
<p>${zh}<br><small>${en}</small></p>`,
  );
}
