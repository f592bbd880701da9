// What a page costs on the wire, as the browser itself counts it.
import type { Page } from '@playwright/test';

export interface Cost {
  requests: { url: string; bytes: number }[];
  bytes: number;
}

/** Counts from now on. The answer gives what was asked for so far, once all of it has arrived. */
export async function measure(page: Page): Promise<() => Promise<Cost>> {
  const session = await page.context().newCDPSession(page);
  const urls = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.startsWith('data:')) {
      urls.set(requestId, request.url);
    }
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.set(requestId, encodedDataLength);
  });
  session.on('Network.loadingFailed', ({ requestId }) => {
    bytes.set(requestId, 0);
  });
  await session.send('Network.enable');
  return async () => {
    await page.waitForLoadState('networkidle');
    const requests = [...urls].map(([id, url]) => ({ url, bytes: bytes.get(id) ?? 0 }));
    const total = requests.reduce((sum, { bytes }) => sum + bytes, 0);
    return { requests, bytes: total };
  };
}
