// The pages and states of members, people and roles.
import { expect, type Page } from '@playwright/test';
import { ask } from './api.ts';
import { heading, main } from './console.ts';
import { roleOf, uidOf } from './invites.ts';
import { listsPeople, makeRole, memberRow, openMembers, openPart, openPerson, openRole, openRoles, person } from './members.ts';
import type { PageToSee } from './pages.ts';
import { OWNER, VIEWER } from './people.ts';

const LONG = 'someone.with.a.very.long.name.indeed@a.rather.long.department.example.com';

async function start(page: Page): Promise<void> {
  await page.goto('/');
  await expect(heading(page, 'Organizations')).toBeVisible();
}

/** The members' list with a few of every kind. */
async function openMany(page: Page): Promise<void> {
  await start(page);
  const soon = new Date(Date.now() + 50 * 3_600_000).toISOString();
  const ending = person(2).roleBindings.map((binding) => ({ ...binding, expireTime: soon }));
  const others = Array.from({ length: 56 }, (_, at) => person(at + 5));
  await listsPeople(page, [
    person(1, { email: LONG, roleBindingCount: 3 }),
    person(2, { roleBindings: ending }),
    person(3, { email: undefined, name: 'Ada', suspended: true, lastSeenTime: undefined }),
    person(4, { email: undefined, name: undefined, providerName: undefined }),
    ...others,
  ]);
  await openMembers(page);
  await expect(memberRow(page, LONG)).toBeVisible();
}

/** The id of a custom role of the example, made once. */
async function keeper(page: Page): Promise<string> {
  await start(page);
  const { roles } = await ask<{ roles: { uid: string }[] }>(page, 'GET', '/iam/v2/roles?name=release-manager');
  const role = roles[0] ?? (await makeRole(page, 'release-manager', ['groups.list', 'repo.list', 'repo.update'], 'Ships what others made'));
  return role.uid;
}

async function openNewRole(page: Page): Promise<void> {
  await start(page);
  await openPart(page, 'roles/new');
  await expect(heading(page, 'New role')).toBeVisible();
}

export const MEMBER_PAGES: PageToSee[] = [
  {
    name: 'members',
    person: OWNER,
    open: openMany,
  },
  {
    name: 'members-chosen',
    person: OWNER,
    async open(page) {
      await openMany(page);
      for (const name of [LONG, 'person-2@example.com']) {
        await main(page).getByRole('checkbox', { name: `Choose ${name}` }).check();
      }
      await expect(main(page).getByRole('button', { name: 'Remove 2 people' })).toBeVisible();
    },
  },
  {
    name: 'members-viewer-chosen',
    person: VIEWER,
    async open(page) {
      await start(page);
      await openMembers(page);
      await main(page).getByRole('checkbox', { name: `Choose ${VIEWER}` }).check();
      await expect(main(page).getByRole('button', { name: 'Remove 1 person' })).toBeVisible();
    },
  },
  {
    name: 'members-no-match',
    person: OWNER,
    async open(page) {
      await start(page);
      await openMembers(page, '?find=nobody-is-called-so');
      await expect(main(page).getByText('Nobody here is like that.')).toBeVisible();
    },
  },
  {
    name: 'members-failed',
    statuses: [503],
    person: OWNER,
    async open(page) {
      await start(page);
      await page.route('**/iam/v2/identities?*', (route) => route.fulfill({ status: 503, body: '' }));
      await openMembers(page);
      await expect(main(page).getByRole('button', { name: 'Try again' })).toBeVisible();
    },
  },
  {
    name: 'person',
    person: OWNER,
    async open(page) {
      await start(page);
      await openPerson(page, OWNER);
      await expect(main(page).getByRole('table', { name: 'What they may do' })).toBeVisible();
    },
  },
  {
    name: 'person-compared',
    person: OWNER,
    async open(page) {
      await start(page);
      const { identities } = await ask<{ identities: { uid: string }[] }>(page, 'GET', `/iam/v2/identities?search=${OWNER}`);
      await openPerson(page, VIEWER, `?with=${identities[0]!.uid}`);
      await expect(main(page).getByRole('columnheader', { name: /^Both/ })).toBeVisible();
    },
  },
  {
    name: 'person-viewer',
    person: VIEWER,
    async open(page) {
      await start(page);
      await openPerson(page, OWNER);
      await expect(main(page).getByText('role_bindings.delete, which')).toBeVisible();
    },
  },
  {
    name: 'person-removal',
    person: OWNER,
    async open(page) {
      await start(page);
      await openPerson(page, VIEWER);
      await main(page).getByRole('button', { name: 'Remove from example' }).click();
      await expect(page.getByRole('button', { name: 'Save 1 change' })).toBeVisible();
    },
  },
  {
    name: 'roles',
    person: OWNER,
    async open(page) {
      await keeper(page);
      await openRoles(page);
      await expect(main(page).getByRole('link', { name: 'release-manager' })).toBeVisible();
    },
  },
  {
    name: 'roles-viewer',
    person: VIEWER,
    async open(page) {
      await start(page);
      await openRoles(page);
      await expect(main(page).getByRole('link', { name: 'owner' })).toBeVisible();
    },
  },
  {
    name: 'role-built-in',
    person: OWNER,
    async open(page) {
      await start(page);
      await openRole(page, await roleOf(page, 'viewer'), 'viewer');
      await expect(main(page).getByRole('table', { name: 'Who has it' })).toBeVisible();
    },
  },
  {
    name: 'role-changed',
    person: OWNER,
    async open(page) {
      await openRole(page, await keeper(page), 'release-manager');
      await main(page).getByRole('checkbox', { name: /^groups\.create/ }).check();
      await main(page).getByRole('checkbox', { name: /^repo\.update/ }).uncheck();
      await expect(main(page).getByRole('region', { name: 'Unsaved changes' })).toBeVisible();
    },
  },
  { name: 'role-new', person: OWNER, open: openNewRole },
  {
    name: 'role-new-wrong',
    person: OWNER,
    async open(page) {
      await openNewRole(page);
      await main(page).getByRole('checkbox', { name: /^groups\.create/ }).check();
      await page.getByRole('textbox', { name: 'Name' }).fill('...');
      await main(page).getByRole('button', { name: 'Review' }).click();
      await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'role-gone',
    statuses: [404],
    person: OWNER,
    async open(page) {
      await start(page);
      const org = await uidOf(page, 'example');
      await openPart(page, `roles/${org}/${'0'.repeat(16)}`);
      await expect(main(page).getByRole('heading', { name: 'The role did not arrive' })).toBeVisible();
    },
  },
];
