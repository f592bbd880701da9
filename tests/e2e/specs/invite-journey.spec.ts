// From the invite to the member: three people in three browsers, and no trace of the code.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { heading, main, row, tree } from '../support/console.ts';
import { inviteButton, linksOf, makeInvite, openForm, openInvites, PLANTED, signInAtInvite } from '../support/invites.ts';
import { expectSignedIn, OWNER, signIn, STRANGER } from '../support/people.ts';

const INVITED = 'auditor@example.com';

test('an owner invites an address, that person joins and sees only the folder, another is turned away', async ({ page, newBrowser, announced }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  await expect(main(page).getByRole('heading', { name: 'Nobody is invited' })).toBeVisible();
  const form = await openForm(page);
  await form.getByRole('textbox', { name: 'Addresses' }).fill(`${INVITED}\n`);
  await form.getByLabel('Role', { exact: true }).selectOption('viewer');
  await form.getByRole('radio', { name: '24 hours' }).check();
  await form.getByRole('button', { name: 'Create invite' }).click();
  const [link] = await linksOf(page);
  expect(link).toMatch(/\/invite#bwi_[\w-]{43}$/);
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await expect(main(page).getByRole('row', { name: new RegExp(INVITED) })).toContainText('ends in 24 h');

  const third = await (await newBrowser()).newPage();
  await third.goto(link);
  await expect(heading(third, 'Join example as a viewer of dev')).toBeVisible();
  await expect(third.getByRole('main')).not.toContainText(INVITED);
  announced.status(403);
  await signInAtInvite(third, STRANGER);
  await expect(heading(third, 'This invite is for someone else')).toBeVisible();
  await expect(third.getByRole('main')).toContainText('It has not been used.');
  await expect(third.getByRole('main')).not.toContainText(INVITED);

  const invited = await (await newBrowser()).newPage();
  await invited.goto(link);
  await expect(invited).toHaveURL('/invite');
  await expect(invited.getByRole('main')).toContainText('A member of example invites you.');
  await signInAtInvite(invited, INVITED);
  await expect(invited.getByRole('main')).toContainText(INVITED);
  await invited.getByRole('button', { name: 'Join example' }).click();
  await expect(heading(invited, 'dev')).toBeVisible();
  await expect(invited.getByRole('status').filter({ hasText: 'You are viewer of dev now.' })).toBeVisible();
  await expectSignedIn(invited, INVITED);
  await expect(invited.getByRole('navigation', { name: 'Where you are' })).toContainText('example');
  await expect(row(invited, 'dev')).toBeVisible();
  for (const name of ['prod', 'staging']) {
    await expect(tree(invited, 'example').getByText(name, { exact: true })).toHaveCount(0);
  }
  await invited.getByRole('link', { name: 'Invites' }).click();
  await expect(inviteButton(invited)).toHaveAttribute('aria-disabled', 'true');
  await expect(inviteButton(invited)).toHaveAccessibleDescription(/group_invites\.create/);

  await page.reload();
  await main(page).getByRole('link', { name: 'Accepted' }).click();
  const accepted = main(page).getByRole('row', { name: new RegExp(INVITED) });
  await expect(accepted).toContainText('Accepted');
  await expect(accepted).toContainText('just now');
  await accepted.getByRole('button', { name: INVITED }).click();
  await expect(page.getByRole('dialog', { name: INVITED })).toContainText(`Accepted by${INVITED}, just now`);
});

test('the code is in the link and in the bodies that ask about it, and nowhere else', async ({ page, newBrowser, server, announced }) => {
  await signIn(page, OWNER);
  const { link, code } = await makeInvite(page, { email: INVITED });
  const context = await newBrowser();
  const sent = await watch(context);
  const guest = await context.newPage();
  await guest.goto(link);
  await signInAtInvite(guest, INVITED);
  await guest.getByRole('button', { name: 'Join example' }).click();
  await expect(heading(guest, 'dev')).toBeVisible();
  announced.status(404);
  await guest.goto(`/invite#${PLANTED}`);
  await expect(heading(guest, 'We do not know this invite')).toBeVisible();

  for (const secret of [code, PLANTED]) {
    const carriers = (await sent()).filter((request) => request.text.includes(secret));
    expect([...new Set(carriers.map((request) => request.what))]).toEqual(
      secret === code ? ['POST /iam/v2/groupInvites:inspect', 'POST /iam/v2/groupInvites:accept'] : ['POST /iam/v2/groupInvites:inspect'],
    );
    for (const { head } of carriers) {
      expect(head).not.toContain(secret);
    }
    expect(await historyOf(guest)).not.toContain(secret);
    expect(await storageOf(guest)).not.toContain(secret);
    expect(server.log).not.toContain(secret);
    expect(stored(server.folder).filter((file) => file.text.includes(secret)).map((file) => file.name)).toEqual([]);
  }
  // What looks for nothing finds nothing: the same places hold what they should.
  expect(await historyOf(guest)).toContain('/invite');
  expect(stored(server.folder).some((file) => file.text.includes(INVITED))).toBe(true);
});

interface Sent {
  /** Method and path. */
  what: string;
  /** Address and headers. */
  head: string;
  /** All of it. */
  text: string;
}

/** Remembers every request of a browser, those to the provider too. */
async function watch(context: BrowserContext): Promise<() => Promise<Sent[]>> {
  const all: Promise<Sent>[] = [];
  context.on('request', (request) => {
    const what = `${request.method()} ${new URL(request.url()).pathname}`;
    all.push(
      (async () => {
        const head = `${request.url()} ${JSON.stringify(await request.allHeaders().catch(() => request.headers()))}`;
        return { what, head, text: `${head} ${request.postData() ?? ''}` };
      })(),
    );
  });
  return () => Promise.all(all);
}

/** Every address that the tab remembers for Back and Forward. */
async function historyOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  return entries.map(({ url, title }) => `${url} ${title}`).join();
}

/** All that the browser keeps for the console. */
async function storageOf(page: Page): Promise<string> {
  const kept = await page.evaluate(async () => [
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    JSON.stringify(history.state),
    name,
    JSON.stringify(await indexedDB.databases()),
    JSON.stringify(await caches.keys()),
  ]);
  return kept.join() + JSON.stringify(await page.context().cookies());
}

/** Every file below a folder, byte by byte. */
function stored(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'latin1') }));
}
