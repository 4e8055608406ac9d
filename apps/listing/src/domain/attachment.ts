import { defineRefusals } from '#kernel';

/** A file that came with a defence, or with a request; its bytes lie in the store, under the id. */
export interface AttachmentRef {
  id: string;
  /** As its sender called it: shown, never used as a path. */
  name: string;
  mediaType: string;
  size: number;
  /** SHA-256 of the bytes, hexadecimal. */
  digest: string;
}

/*
 * Files that come with a case. What a file is, its bytes say: the name is text to show and the type that a
 * sender claims is not looked at. Formats that can carry programs are not taken.
 */

export const LARGEST_FILE_BYTES = 10 * 1024 * 1024;
/** Of one side of one case. */
export const MOST_FILES = 30;

const SIGNATURES: readonly { mediaType: string; begins: readonly number[] }[] = [
  { mediaType: 'application/pdf', begins: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
];

/** @throws Refusal `attachment.empty`, `attachment.type` */
export function mediaTypeOf(bytes: Uint8Array): string {
  if (bytes.length === 0) throw attachmentRefusals.refusal('attachment.empty');
  const found = SIGNATURES.find(({ begins }) => begins.every((byte, index) => bytes[index] === byte));
  if (!found) throw attachmentRefusals.refusal('attachment.type');
  return found.mediaType;
}

export const attachmentRefusals = defineRefusals({
  'attachment.empty': {
    kind: 'invalid',
    zh: '文件是空的',
    en: 'The file is empty.',
    cureZh: '重新选择文件',
    cureEn: 'Send the file itself as the body.',
  },
  'attachment.type': {
    kind: 'unsupported',
    zh: '按内容判断,文件不是 PDF、PNG 或者 JPEG',
    en: 'By its content the file is neither PDF nor PNG nor JPEG.',
    cureZh: '转换为 PDF 或者图片后提交',
    cureEn: 'Convert it to PDF or a picture.',
  },
  'attachment.too-large': {
    kind: 'too-large',
    zh: '文件超过 {limit} 字节',
    en: 'The file is larger than {limit} bytes.',
    cureZh: '压缩或者拆分后提交',
    cureEn: 'Send it smaller, or in parts.',
  },
  'attachment.too-many': {
    kind: 'conflict',
    zh: '本案已有 {most} 个文件',
    en: 'The case has {most} files already.',
    cureZh: '合并后提交,或者当面递交',
    cureEn: 'Hand further papers in at the counter.',
  },
  'attachment.media-type': {
    kind: 'unsupported',
    zh: '文件须作为 application/octet-stream 的正文发送,而不是 {type}',
    en: 'Send the file as a body of type application/octet-stream, not {type}.',
    cureZh: '更正 Content-Type',
    cureEn: 'Correct Content-Type.',
  },
  'attachment.not-found': {
    kind: 'not-found',
    zh: '本案没有文件 {id}',
    en: 'The case has no file {id}.',
    cureZh: '先上传(POST …/attachments)',
    cureEn: 'Upload it first (POST …/attachments).',
  },
});
