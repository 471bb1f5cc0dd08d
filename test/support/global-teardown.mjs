export default async function teardown() {
  globalThis.stopTestTemporal?.();
  await globalThis.stopTestPostgres?.();
}
