/** @returns the city or prefecture of a division (GB/T 2260: its first four digits), for example 230100 of 230102 */
export function cityOf(region: string): string {
  return `${region.slice(0, 4)}00`;
}
