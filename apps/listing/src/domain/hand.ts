/** Who acted. */
export interface Hand {
  id: string;
  name: string;
  department: string | null;
}
