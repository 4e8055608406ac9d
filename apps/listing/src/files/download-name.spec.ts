import { expect, test } from '@jest/globals';
import { downloadName, encodedName } from './download-name.js';

test.each([
  ['整改报告.pdf', 'application/pdf', '整改报告.pdf'],
  ['照片.JPEG', 'image/jpeg', '照片.jpeg'],
  ['照片.png', 'image/jpeg', '照片.png.jpg'],
  ['报告', 'application/pdf', '报告.pdf'],
  ['报告.html', 'image/png', '报告.html.png'],
  ['报告.exe', 'application/pdf', '报告.exe.pdf'],
  ['../../etc/passwd', 'application/pdf', '_.._etc_passwd.pdf'],
  ['C:\\Windows\\x.pdf', 'application/pdf', 'C__Windows_x.pdf'],
  // Shown as 报告exe.pdf by whoever obeys the mark, and saved as a program.
  ['报告\u202efdp.exe', 'application/pdf', '报告_fdp.exe.pdf'],
  ['报告\u0000.exe\r\n', 'application/pdf', '报告_.exe__.pdf'],
  ['.pdf', 'application/pdf', 'pdf.pdf'],
  ['...', 'image/png', 'file.png'],
  ['报'.repeat(200), 'application/pdf', `${'报'.repeat(60)}.pdf`],
  ['𠮷'.repeat(100), 'application/pdf', `${'𠮷'.repeat(60)}.pdf`],
])('%j, found to be %s, is saved as %j', (name, mediaType, saved) => {
  expect(downloadName(name, mediaType)).toBe(saved);
});

test('a name ends no header and opens no other parameter', () => {
  const written = encodedName(`a"; filename='b'(*)!\r\n报`);
  expect(written).toMatch(/^[A-Za-z0-9%._~-]+$/);
  expect(decodeURIComponent(written)).toBe(`a"; filename='b'(*)!\r\n报`);
});
