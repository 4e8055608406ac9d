const ENDINGS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
};
/** What a path, a shell or a reader's eye could take for something else; what comes from below cannot be typed in. */
const NO_NAME = /[\p{C}\p{Zl}\p{Zp}/\\:*?"<>|]/gu;
/** So many characters of up to four bytes, and an ending, are a file name everywhere (255 bytes). */
const LONGEST = 60;

/**
 * Under what name a file is saved: by whatever name it was handed in, its ending is that of what it was found to be, so
 * that it is opened as that. A picture may hold any text in its comments, and would be a page if it were saved as one.
 *
 * @param name as it was handed in
 * @param mediaType of `mediaTypeOf`
 */
export function downloadName(name: string, mediaType: string): string {
  const [ending, ...others] = ENDINGS[mediaType] ?? ['bin'];
  const plain = name.replace(NO_NAME, '_').replace(/^[. ]+|[. ]+$/g, '');
  const dot = plain.lastIndexOf('.');
  const given = plain.slice(dot + 1).toLowerCase();
  const rightly = dot > 0 && [ending, ...others].includes(given);
  const stem = [...(rightly ? plain.slice(0, dot) : plain)].slice(0, LONGEST).join('');
  return `${stem || 'file'}.${rightly ? given : ending}`;
}

/** As `filename*` of Content-Disposition has it (RFC 8187). */
export function encodedName(name: string): string {
  const left = /['()*!]/g;
  return encodeURIComponent(name).replace(
    left,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
