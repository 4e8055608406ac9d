/** The smallest PDF file of one empty page, with a comment that tells one such file from another. */
export function pdfFile(comment: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  let file = `%PDF-1.7\n%${comment}\n`;
  const places = objects.map((object, index) => {
    const place = Buffer.byteLength(file);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const reference = Buffer.byteLength(file);
  file += `xref\n0 4\n0000000000 65535 f \n${places.join('')}`;
  file += `trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${reference}\n%%EOF\n`;
  return Buffer.from(file);
}
