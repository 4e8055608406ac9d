import { defineRefusals } from '#kernel';
import { endsAsArchive, type Flaw, MORE_INSIDE } from './flaw.js';
import { flawOfJpeg } from './jpeg.js';
import { flawOfPdf } from './pdf.js';
import { flawOfPng } from './png.js';

/*
 * Files that come with a case. What a file is, its bytes say: the name is text to show and the type that a
 * sender claims is not looked at. Formats that can carry programs are not taken, and a file of the three that are
 * is read to its end, so that it is that and nothing beside.
 */

export const LARGEST_FILE_BYTES = 10 * 1024 * 1024;
/** Of one side of one case. */
export const MOST_FILES = 30;

interface Format {
  name: string;
  mediaType: string;
  begins: readonly number[];
  flawOf(bytes: Buffer): Flaw | undefined;
}

const FORMATS: readonly Format[] = [
  { name: 'PDF', mediaType: 'application/pdf', begins: [0x25, 0x50, 0x44, 0x46, 0x2d], flawOf: flawOfPdf },
  {
    name: 'PNG',
    mediaType: 'image/png',
    begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    flawOf: flawOfPng,
  },
  { name: 'JPEG', mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff], flawOf: flawOfJpeg },
];

/**
 * @throws Refusal `attachment.empty`, `attachment.type`, `attachment.broken`, `attachment.more-inside`,
 *   `attachment.encrypted`, `attachment.active`
 */
export function mediaTypeOf(bytes: Buffer): string {
  if (bytes.length === 0) throw attachmentRefusals.refusal('attachment.empty');
  const format = FORMATS.find(({ begins }) => begins.every((byte, index) => bytes[index] === byte));
  if (!format) throw attachmentRefusals.refusal('attachment.type');
  const flaw = format.flawOf(bytes) ?? (endsAsArchive(bytes) ? MORE_INSIDE : undefined);
  if (!flaw) return format.mediaType;
  const { code, ...facts } = flaw;
  throw attachmentRefusals.refusal(code, { format: format.name, ...facts });
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
  'attachment.broken': {
    kind: 'unsupported',
    zh: '文件以 {format} 开头,但是不完整,或者结构不符合 {format} 格式',
    en: 'The file begins as {format}, but is incomplete or not built as {format} files are.',
    cureZh: '用原软件重新导出,或者重新扫描后提交',
    cureEn: 'Export it anew, or scan it again.',
  },
  'attachment.more-inside': {
    kind: 'unsupported',
    zh: '文件以 {format} 开头,但是其后还附有其他内容',
    en: 'The file begins as {format}, but something else follows or is kept inside.',
    cureZh: '另存为单纯的 {format} 文件后提交;其他内容作为单独文件提交',
    cureEn: 'Save it as nothing but {format}, and send what else there is as a file of its own.',
  },
  'attachment.encrypted': {
    kind: 'unsupported',
    zh: '{format} 文件已加密或者设有密码,无法查看其内容',
    en: 'The {format} file is encrypted or under a password and cannot be looked into.',
    cureZh: '取消密码和权限限制后另存提交',
    cureEn: 'Save it without password and restrictions.',
  },
  'attachment.active': {
    kind: 'unsupported',
    zh: '{format} 文件含有脚本、启动命令、向外发送或者读取的操作、多媒体、嵌入文件或者动态表单（/{part}）',
    en: 'The {format} file carries a script, a command, what sends or fetches, what plays, an embedded file or a dynamic form (/{part}).',
    cureZh: '打印为新的 {format} 文件后提交;嵌入的文件单独提交',
    cureEn: 'Print it to a new {format} file; send embedded files by themselves.',
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
