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
