/**
 * `hlj.finance` executes through its line: `hlj.city.230100.finance` and `hlj.county.230102.finance` act for it in
 * their own approvals.
 */
export function executes(department: string, executor: string): boolean {
  if (department === executor) return true;
  const line = /^hlj\.([a-z-]+)$/.exec(executor)?.[1];
  return (
    line !== undefined && new RegExp(`^hlj\\.(city|county|prefecture)\\.\\d{6}\\.${line}$`).test(department)
  );
}
