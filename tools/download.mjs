import fs from 'node:fs';

const CONNECT_MS = 6_000;
const STALL_MS = 20_000;

/**
 * Downloads a file, with a progress line about every ten seconds.
 *
 * @throws Error if the host does not answer within 6 s, answers with an error, or sends nothing for 20 s
 */
export async function download(url, file, log) {
  const abort = new AbortController();
  const giveUp = (reason) => () => abort.abort(new Error(`${new URL(url).host} ${reason}`));
  let timer = setTimeout(giveUp(`does not answer within ${CONNECT_MS / 1000} s`), CONNECT_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0);
    const output = fs.openSync(file, 'w');
    let [received, toldAt] = [0, performance.now()];
    log(`downloading ${url}${total ? ` (${megabytes(total)} MB)` : ''}`);
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(giveUp(`sends nothing more for ${STALL_MS / 1000} s`), STALL_MS);
      fs.writeSync(output, chunk);
      received += chunk.length;
      if (performance.now() - toldAt > 10_000) {
        log(`  ${megabytes(received)}${total ? ` of ${megabytes(total)}` : ''} MB`);
        toldAt = performance.now();
      }
    }
    fs.closeSync(output);
  } catch (error) {
    throw error.cause?.code
      ? new Error(`${new URL(url).host} cannot be reached (${error.cause.code})`, { cause: error })
      : error;
  } finally {
    clearTimeout(timer);
  }
}

const megabytes = (bytes) => Math.round(bytes / 1e6);
