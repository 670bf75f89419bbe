/** vCPUs by size (Amazon EC2 and RDS instance types): those of one size have as many in nearly all families. */
const SIZES: { [size: string]: number } = { nano: 2, micro: 2, small: 2, medium: 2, large: 2, xlarge: 4 };

/** Families whose `medium` has one vCPU: Graviton, but for the burstable ones. */
const SINGLE = /^(db\.)?[acmrx]\d+g\w*\.medium$/;

/** vCPUs of an instance type such as `m7g.large` or `db.r7g.2xlarge`. */
export function vcpusOf(instanceType: string): number {
  if (SINGLE.test(instanceType)) return 1;
  const size = instanceType.split('.').pop()!;
  const times = /^(\d+)xlarge$/.exec(size);
  return times === null ? SIZES[size] ?? 2 : Number(times[1]) * 4;
}
