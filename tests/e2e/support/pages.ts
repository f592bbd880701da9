// Every page and state that a person may see, and the way there: for axe, for narrow screens, for
// the screenshots.
import { expect, type Page } from '@playwright/test';
import { createFolder, heading, press, row, tree } from './console.ts';
import { ACCESS_PAGES } from './access-pages.ts';
import { CLIENT_PAGES } from './client-pages.ts';
import { INVITE_PAGES } from './invite-pages.ts';
import { MEMBER_PAGES } from './member-pages.ts';
import { SESSION_PAGES } from './session-pages.ts';
import { useDevelopmentConsole } from './development.ts';
import { answerSearch, refusal } from './mocks.ts';
import { leaveForProvider, OWNER, STRANGER, VIEWER } from './people.ts';
import type { Server } from './server.ts';

export interface PageToSee {
  /** Also the name of its screenshot. */
  name: string;
  /** Who is signed in. */
  person?: string;
  /** What the server answers on the way there, where that is an error. */
  statuses?: number[];
  /** Goes there, and waits until it stands. Must work at any width. */
  open: (page: Page, server: Server) => Promise<void>;
}

let made = 0;

async function openExample(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('table').getByRole('link', { name: 'example', exact: true }).click();
  await expect(tree(page, 'example')).toBeAttached();
  await expect(page.getByRole('rowheader', { name: 'staging', includeHidden: true })).toBeAttached();
}

async function openDev(page: Page): Promise<void> {
  await openExample(page);
  const link = page.getByRole('rowheader', { name: 'dev', includeHidden: true }).getByRole('link', { includeHidden: true });
  await page.goto((await link.getAttribute('href'))!);
  await expect(page.getByRole('rowheader', { name: 'staging', includeHidden: true })).toBeAttached();
}

/** On a narrow screen either the tree or the folder shows: goes on to the folder. */
async function showDetail(page: Page, name: string): Promise<void> {
  const shown = heading(page, name);
  const link = tree(page, 'example').getByRole('link', { name, exact: true });
  await expect(shown.or(link).first()).toBeVisible();
  if (!(await shown.isVisible())) {
    await link.click();
  }
  await expect(shown).toBeVisible();
}

async function dialogOf(page: Page, button: string): Promise<void> {
  await openDev(page);
  await showDetail(page, 'dev');
  await press(page, button);
  await expect(page.getByRole('dialog')).toBeVisible();
}

export const PAGES: PageToSee[] = [
  {
    name: 'login',
    async open(page) {
      await page.goto('/login');
      await expect(page.getByRole('button', { name: 'Development sign-in' })).toBeVisible();
    },
  },
  {
    name: 'provider',
    async open(page) {
      await page.goto('/login');
      await leaveForProvider(page);
    },
  },
  {
    name: 'callback-failed',
    async open(page) {
      await page.goto('/auth/callback?code=x&state=y&iss=z');
      await expect(heading(page, 'Open your link again')).toBeVisible();
    },
  },
  {
    name: 'sign-in-stopped',
    statuses: [400],
    async open(page) {
      await page.goto('/oauth/callback/dev?code=x&state=y');
      await expect(heading(page, 'Sign-in stopped')).toBeVisible();
    },
  },
  {
    name: 'not-found-signed-out',
    async open(page) {
      await page.goto('/no/such/page');
      await expect(heading(page, 'No such page')).toBeVisible();
    },
  },
  {
    name: 'could-not-begin',
    statuses: [503],
    async open(page) {
      await page.route('**/auth/session', (route) => route.fulfill({ status: 503, body: '' }));
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'The console could not begin' })).toBeVisible();
    },
  },
  {
    name: 'organizations',
    person: OWNER,
    async open(page) {
      await page.goto('/');
      await expect(page.getByRole('link', { name: 'example', exact: true })).toBeVisible();
    },
  },
  {
    name: 'organizations-empty',
    person: STRANGER,
    async open(page) {
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'No organization knows this account' })).toBeVisible();
    },
  },
  {
    name: 'organizations-failed',
    statuses: [503],
    person: OWNER,
    async open(page) {
      await page.route('**/iam/v2/groups?*', (route) => route.fulfill({ status: 503, body: '' }));
      await page.goto('/');
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    },
  },
  {
    name: 'organization-new',
    person: OWNER,
    async open(page) {
      await page.goto('/');
      await page.getByRole('button', { name: 'New organization' }).click();
      await expect(page.getByRole('dialog', { name: 'New organization' })).toBeVisible();
    },
  },
  { name: 'organization', person: OWNER, open: openExample },
  { name: 'organization-viewer', person: VIEWER, open: openExample },
  {
    name: 'folder',
    person: OWNER,
    async open(page) {
      await openDev(page);
      await showDetail(page, 'dev');
      await createFolder(page, `a folder whose name is about as long as a name may be ${++made}`);
    },
  },
  { name: 'folder-new', person: OWNER, open: (page) => dialogOf(page, 'New folder') },
  {
    name: 'folder-new-wrong',
    person: OWNER,
    async open(page) {
      await dialogOf(page, 'New folder');
      await page.getByRole('textbox', { name: 'Name' }).fill('a'.repeat(64));
      await page.getByRole('button', { name: 'Create folder' }).click();
      await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
    },
  },
  { name: 'folder-rename', person: OWNER, open: (page) => dialogOf(page, 'Rename') },
  { name: 'folder-delete', person: OWNER, open: (page) => dialogOf(page, 'Delete') },
  {
    name: 'organization-delete-refused',
    statuses: [400],
    person: OWNER,
    async open(page) {
      await openExample(page);
      await showDetail(page, 'example');
      await page.route('**/iam/v2/groups/*', (route) =>
        route.request().method() === 'DELETE'
          ? route.fulfill(refusal('RESOURCE_NOT_EMPTY', ['dev', 'prod', 'staging']))
          : route.continue(),
      );
      await press(page, 'Delete');
      await page.getByLabel('Type example to confirm').fill('example');
      await page.getByRole('button', { name: /^Delete organization/ }).click();
      await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'folder-gone',
    statuses: [404],
    person: OWNER,
    async open(page) {
      await openExample(page);
      await page.goto(`${page.url()}/0123456789abcdef`);
      await expect(page.getByRole('heading', { name: 'No such folder, or not for you', includeHidden: true })).toBeAttached();
    },
  },
  {
    name: 'not-found',
    person: OWNER,
    async open(page) {
      await page.goto('/no/such/page');
      await expect(heading(page, 'No such page')).toBeVisible();
    },
  },
  {
    name: 'account-menu',
    person: OWNER,
    async open(page) {
      await page.goto('/');
      await expect(page.getByRole('link', { name: 'example', exact: true })).toBeVisible();
      const navigation = page.getByRole('button', { name: 'Open navigation' });
      if (await navigation.isVisible()) {
        await navigation.click();
      }
      await page.getByRole('button', { name: `Account ${OWNER}` }).click();
      await expect(page.getByRole('menu', { name: 'Account' })).toBeVisible();
    },
  },
  {
    name: 'session-ended',
    statuses: [401],
    person: OWNER,
    async open(page) {
      await openDev(page);
      await showDetail(page, 'dev');
      await page.context().clearCookies();
      await press(page, 'Rename');
      await page.getByRole('textbox', { name: 'Name' }).fill('too late');
      await page.getByRole('button', { name: 'Rename folder' }).click();
      await expect(page.getByRole('dialog', { name: 'Your session ended' })).toBeVisible();
    },
  },
  {
    name: 'folder-settings',
    person: OWNER,
    async open(page) {
      await openDev(page);
      await showDetail(page, 'dev');
      await page.getByRole('link', { name: 'Settings' }).click();
      await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('dev');
    },
  },
  {
    name: 'folder-settings-viewer',
    person: VIEWER,
    async open(page) {
      await openDev(page);
      await showDetail(page, 'dev');
      await page.getByRole('link', { name: 'Settings' }).click();
      await expect(page.getByRole('button', { name: 'Save changes' })).toBeVisible();
    },
  },
  {
    name: 'folder-rename-in-place',
    person: OWNER,
    async open(page) {
      await openExample(page);
      await row(page, 'dev').press('F2');
      await expect(page.getByRole('textbox', { name: 'New name of dev' })).toBeFocused();
      await page.keyboard.type('Prüfung');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('textbox', { name: 'New name of dev' })).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'folder-menu',
    person: OWNER,
    async open(page) {
      await openDev(page);
      await showDetail(page, 'dev');
      await page.getByRole('button', { name: 'More for dev' }).click();
      await expect(page.getByRole('menu', { name: 'More' })).toBeVisible();
    },
  },
  {
    name: 'folder-found',
    person: OWNER,
    async open(page) {
      await openExample(page);
      await answerSearch(page);
      await page.getByRole('combobox', { name: 'Find a folder' }).fill('pay');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'palette',
    person: OWNER,
    async open(page) {
      await openDev(page);
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
    },
  },
  {
    name: 'keys',
    person: OWNER,
    async open(page) {
      await page.goto('/');
      await expect(page.getByRole('link', { name: 'example', exact: true })).toBeVisible();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    },
  },
  {
    name: 'switcher',
    person: OWNER,
    async open(page) {
      await openDev(page);
      await page.getByRole('button', { name: 'Switch organization' }).click();
      await expect(page.getByRole('option', { name: 'example' })).toBeVisible();
    },
  },
  {
    name: 'components',
    person: OWNER,
    async open(page) {
      await useDevelopmentConsole(page);
      await page.goto('/dev/ui');
      await expect(heading(page, 'Components')).toBeVisible();
    },
  },
  ...ACCESS_PAGES,
  ...CLIENT_PAGES,
  ...SESSION_PAGES,
  ...INVITE_PAGES,
  ...MEMBER_PAGES,
];
