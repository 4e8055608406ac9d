import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it, test } from '@jest/globals';
import { Refusal } from '#kernel';
import { ownWork, pdfFile } from '#testing';
import { mediaTypeOf } from './attachment.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

function outcome(file: Buffer): string {
  try {
    return mediaTypeOf(file);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([bytes(type), data]);
  const file = Buffer.alloc(body.length + 8);
  file.writeUInt32BE(data.length, 0);
  body.copy(file, 4);
  file.writeUInt32BE(crc32(body), body.length + 4);
  return file;
}
const PNG_BEGIN = bytes('\x89PNG\r\n\x1a\n');
const IHDR = chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
const IDAT = chunk('IDAT', deflateSync(Buffer.from([0, 0])));
const IEND = chunk('IEND', Buffer.alloc(0));
const png = Buffer.concat([PNG_BEGIN, IHDR, IDAT, IEND]);

/** A picture of 8 × 8 grey points, with stuffed bytes and a restart inside its scan. */
const jpeg = Buffer.from(
  'ffd8' +
    'ffe000104a46494600010100000100010000' +
    `ffdb004300${'10'.repeat(64)}` +
    'ffc0000b080008000801011100' +
    `ffc4001400${'01' + '00'.repeat(15)}00` +
    'ffda0008010100003f00' +
    '3fff00ffd0aa' +
    'ffd9',
  'hex',
);

const pdf = pdfFile('（虚构）整改报告');
const ending = (text: string): Buffer => bytes(`${text}\nstartxref\n${text.lastIndexOf('xref')}\n%%EOF\n`);
const withObject = (object: string): Buffer =>
  ending(`%PDF-1.7\n1 0 obj\n${object}\nendobj\nxref\n0 1\ntrailer\n<< /Root 1 0 R >>`);
const packed = (content: string, more = ''): Buffer => {
  const data = deflateSync(bytes(content)).toString('latin1');
  const dictionary = `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode ${more} /Length ${data.length} >>`;
  return withObject(`${dictionary}\nstream\n${data}\nendstream`);
};
/** Added at the end, as a signature or an amendment is. */
const amended = (file: Buffer, object: string): Buffer => {
  const reference = file.length + Buffer.byteLength(object) + 1;
  const section = `xref\n0 1\ntrailer\n<< /Root 1 0 R /Prev 9 >>\nstartxref\n${reference}\n%%EOF\r\n`;
  return Buffer.concat([file, Buffer.from(`${object}\n${section}`)]);
};
const zip = bytes(`PK\x05\x06${'\0'.repeat(18)}`);

describe('a file that is what it begins as, to its end', () => {
  test.each([
    ['a PDF file', pdf, 'application/pdf'],
    ['a PDF file amended at its end', amended(pdf, '4 0 obj\n<< /Type /Annot >>\nendobj'), 'application/pdf'],
    ['a PDF file with packed objects', packed('7 0 << /Type /Catalog >>'), 'application/pdf'],
    [
      'a PDF file that opens at a page',
      withObject('<< /Type /Catalog /OpenAction [3 0 R /Fit] /Title (/JavaScript \\( a\\)) >>'),
      'application/pdf',
    ],
    [
      'a PDF file whose stream happens to have the letters of a name',
      withObject('<< /Length 6 >>\nstream\n\x01/JS \x02\nendstream'),
      'application/pdf',
    ],
    ['a PNG file', png, 'image/png'],
    ['a JPEG file', jpeg, 'image/jpeg'],
    // Metadata of pictures is markup itself (XMP); what a download is opened as does not depend on it.
    [
      'a PNG file with markup for a comment',
      Buffer.concat([
        PNG_BEGIN,
        IHDR,
        chunk('tEXt', bytes('Comment\0<script>alert(1)</script>')),
        IDAT,
        IEND,
      ]),
      'image/png',
    ],
    [
      'a JPEG file with markup for a comment',
      Buffer.concat([
        jpeg.subarray(0, 2),
        Buffer.from('fffe000a', 'hex'),
        bytes('<script>'),
        jpeg.subarray(2),
      ]),
      'image/jpeg',
    ],
  ])('%s', (_, file, mediaType) => {
    expect(outcome(file)).toBe(mediaType);
  });
});

describe('a file that carries something else is refused', () => {
  const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
  const hidden = `5 0 obj ${script} endobj`;
  test.each([
    ['a page after a PDF file', Buffer.concat([pdf, bytes('<script>')]), 'more-inside'],
    ['a page after a PNG file', Buffer.concat([png, bytes('<script>')]), 'more-inside'],
    ['a page after a JPEG file', Buffer.concat([jpeg, bytes('<script>')]), 'more-inside'],
    ['an archive after a JPEG file', Buffer.concat([jpeg, zip]), 'more-inside'],
    [
      'an archive whose comment is the end of a PNG file',
      Buffer.concat([PNG_BEGIN, IHDR, chunk('tEXt', zip), IDAT, IEND]),
      'more-inside',
    ],
    [
      'an archive in a PDF stream',
      amended(pdf, `4 0 obj << >> stream\n${zip.toString()}\nendstream`),
      'more-inside',
    ],
    ['a script', withObject(script), 'active'],
    ['a script under a name in hexadecimal', withObject('<< /S /J#61vaScript >>'), 'active'],
    ['a script that opens with the file', withObject(`<< /OpenAction ${script} >>`), 'active'],
    ['a script among packed objects', packed(`7 0 ${script}`), 'active'],
    ['a script added at the end', amended(pdf, hidden), 'active'],
    ['a command', withObject('<< /S /Launch /F (cmd.exe) >>'), 'active'],
    [
      'an embedded file that does not say what it is',
      withObject('<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>'),
      'active',
    ],
    ['an embedded file', withObject('<< /Type /EmbeddedFile /Length 0 >>\nstream\n\nendstream'), 'active'],
    ['a password', ending('%PDF-1.7\nxref\n0 1\ntrailer\n<< /Encrypt 9 0 R >>'), 'encrypted'],
    ['an object inside a stream', withObject(`<< >>\nstream\n${hidden}\nendstream`), 'broken'],
    ['an object inside a string', withObject(`(${hidden})`), 'broken'],
    ['an object inside a comment', withObject(`%${hidden}`), 'broken'],
    ['objects packed in another way', packed(`7 0 ${script}`, '/DecodeParms << /Predictor 12 >>'), 'broken'],
    [
      'objects whose filter stands elsewhere',
      withObject('<< /First 4 /Filter 5 0 R >>\nstream\nx\nendstream'),
      'broken',
    ],
    ['a string without end', withObject('(open'), 'broken'],
    ['a header that is all', bytes('%PDF-1.7\n'), 'broken'],
    ['a cut PDF file', pdf.subarray(0, pdf.length - 20), 'broken'],
    ['a cut PNG file', png.subarray(0, png.length - 4), 'broken'],
    [
      'a PNG file with a false checksum',
      Buffer.concat([PNG_BEGIN, IHDR, Buffer.from(IDAT).fill(1, 8, 9), IEND]),
      'broken',
    ],
    ['a PNG file without a picture', Buffer.concat([PNG_BEGIN, IHDR, IEND]), 'broken'],
    ['a cut JPEG file', jpeg.subarray(0, jpeg.length - 2), 'broken'],
    ['a JPEG file without a picture', Buffer.from('ffd8ffd9', 'hex'), 'broken'],
    ['a JPEG segment longer than the file', Buffer.from('ffd8ffe0ffff00', 'hex'), 'broken'],
  ])('%s', (_, file, code) => {
    expect(outcome(file)).toBe(`attachment.${code}`);
  });

  test.each(
    [
      ...['Launch', 'SubmitForm', 'ImportData', 'GoToR', 'GoToE', 'Thread', 'Sound', 'Movie', 'Rendition'],
      ...['JavaScript', 'RichMediaExecute', 'RichMedia', '3D', 'FileAttachment', 'AA', 'XFA'],
    ].map((name) => [name, `#${name.charCodeAt(0).toString(16)}${name.slice(1)}`]),
  )('%s, also written %s, in the open and among packed objects', (name, other) => {
    for (const written of [name, other])
      for (const place of [
        (object: string) => withObject(object),
        (object: string) => packed(`7 0 ${object}`),
      ])
        expect(outcome(place(`<< /S /${written} /F (a) >>`))).toBe('attachment.active');
  });

  it.each(['GoTo', 'URI', 'Named', 'Hide', 'ResetForm', 'SetOCGState', 'Trans', 'GoToDp'])(
    'but not what leads about the file, or is followed by a person: %s',
    (name) => {
      expect(outcome(withObject(`<< /S /${name} /D [3 0 R /Fit] >>`))).toBe('application/pdf');
    },
  );

  it('a few bytes that unpack to more than is looked at', () => {
    expect(outcome(packed(' '.repeat(17 * 1024 * 1024)))).toBe('attachment.broken');
  });

  it('a file of 10 MB that is made to be slow to read, within seconds', () => {
    const MB = 1024 * 1024;
    const work = ownWork();
    expect(outcome(withObject(`(${'1 obj '.repeat((10 * MB) / 6)})`))).toBe('attachment.broken');
    expect(outcome(withObject('/A'.repeat(4 * MB) + script))).toBe('attachment.active');
    expect(work()).toBeLessThan(10_000);
  });
});
