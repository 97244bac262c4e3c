/**
 * From now on, the milliseconds that this process has computed for. Unlike the
 * clock's, they don't grow because the machine is busy with something else.
 */
export function work() {
  const start = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1_000
  }
}
