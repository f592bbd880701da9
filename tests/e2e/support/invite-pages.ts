// The pages and states of inviting and of being invited.
import { expect, type Page } from '@playwright/test';
import { ask } from './api.ts';
import { heading, main } from './console.ts';
import { goToInvites, holdsNothing, inviteButton, inviteRow, linksDialog, listsThem, makeInvite, openForm, openInvites, PLANTED } from './invites.ts';
import { answerInspect, refusedInvite } from './mocks.ts';
import type { PageToSee } from './pages.ts';
import { OWNER, STRANGER, VIEWER } from './people.ts';

const AUDITOR = 'auditor@example.com';
const LONG = 'someone.with.a.very.long.name.indeed@a.rather.long.department.example.com';

/** The Invites tab of the example organization, with invites in several states. */
async function openList(page: Page): Promise<void> {
  await page.goto('/');
  await expect(heading(page, 'Organizations')).toBeVisible();
  const { totalCount } = await ask<{ totalCount: string }>(page, 'GET', '/iam/v2/groupInvites');
  if (totalCount === '0') {
    await makeInvite(page, { email: LONG, role: 'editor' });
    await makeInvite(page, { folder: 'prod', ttl: '30d' });
    await makeInvite(page, { folder: 'staging', singleUse: false, ttl: '7d' });
    await makeInvite(page, { email: AUDITOR });
  }
  await listsThem(page, [{}, { acceptanceCount: 12 }, {}, { state: 'EXPIRED', expirationTime: '2026-01-02T03:04:05Z' }]);
  await openInvites(page, 'example');
  await expect(inviteRow(page, AUDITOR)).toBeVisible();
}

async function openAbout(page: Page): Promise<void> {
  await openList(page);
  await inviteRow(page, AUDITOR).getByRole('button', { name: AUDITOR }).click();
  await expect(page.getByRole('dialog', { name: AUDITOR })).toBeVisible();
}

/** The question behind a button of what is known of an invite. */
async function askAbout(page: Page, button: string): Promise<void> {
  await openAbout(page);
  await page.getByRole('dialog').getByRole('button', { name: button }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeVisible();
}

async function openFilled(page: Page, addresses: string): Promise<void> {
  await openInvites(page);
  const form = await openForm(page);
  await form.getByRole('textbox', { name: 'Addresses' }).fill(`${addresses}\n`);
  await expect(form.getByRole('complementary').getByRole('heading')).toHaveCount(2);
}

/** Follows a link whose code the server answers about in the given way. */
async function follow(page: Page, change: object, title: string): Promise<void> {
  await answerInspect(page, change);
  // From the same page a link is another code, not another page.
  await page.goto('about:blank');
  await page.goto(`/invite#${PLANTED}`);
  await expect(heading(page, title)).toBeVisible();
}

const JOIN = 'Join example as an editor of staging';

export const INVITE_PAGES: PageToSee[] = [
  { name: 'invites', person: OWNER, open: openList },
  {
    name: 'invites-empty',
    person: OWNER,
    async open(page) {
      await openInvites(page);
      await expect(main(page).getByRole('heading', { name: 'Nobody is invited' })).toBeVisible();
    },
  },
  {
    name: 'invites-viewer',
    person: VIEWER,
    async open(page) {
      await openInvites(page);
      await expect(inviteButton(page)).toHaveAttribute('aria-disabled', 'true');
    },
  },
  {
    name: 'invites-forbidden',
    person: OWNER,
    async open(page) {
      await holdsNothing(page);
      await goToInvites(page);
      await expect(main(page).getByRole('heading', { name: 'You may not see the invites of dev' })).toBeVisible();
    },
  },
  {
    name: 'invites-chosen',
    person: OWNER,
    async open(page) {
      await openList(page);
      await main(page).getByRole('checkbox', { name: 'Choose all' }).check();
      await expect(page.getByRole('region', { name: 'Chosen rows' })).toBeVisible();
    },
  },
  {
    name: 'invites-no-match',
    person: OWNER,
    async open(page) {
      await openList(page);
      await page.getByRole('searchbox', { name: 'Find an address' }).fill('nobody');
      await expect(main(page).getByRole('button', { name: 'Show all' })).toBeVisible();
    },
  },
  {
    name: 'invites-none-closed',
    person: OWNER,
    async open(page) {
      await openInvites(page);
      await main(page).getByRole('link', { name: 'Closed' }).click();
      await expect(main(page).getByRole('heading', { name: 'No such invite' })).toBeVisible();
    },
  },
  {
    name: 'invites-failed',
    statuses: [503],
    person: OWNER,
    async open(page) {
      await page.route('**/iam/v2/groupInvites?*', (route) => route.fulfill({ status: 503, body: '' }));
      await openInvites(page);
      await expect(main(page).getByRole('button', { name: 'Try again' })).toBeVisible();
    },
  },
  { name: 'invite-about', person: OWNER, open: openAbout },
  { name: 'invite-reissue', person: OWNER, open: (page) => askAbout(page, 'New link') },
  { name: 'invite-revoke', person: OWNER, open: (page) => askAbout(page, 'Revoke') },
  { name: 'invite-form', person: OWNER, open: (page) => openFilled(page, `${AUDITOR}, contractor@example.com`) },
  {
    name: 'invite-form-wrong',
    person: OWNER,
    async open(page) {
      await openFilled(page, `${AUDITOR} new-hire@example ${LONG} ${AUDITOR}`);
      const form = page.getByRole('dialog');
      await form.getByRole('radio', { name: 'Other' }).check();
      await form.getByRole('textbox', { name: 'How long' }).fill('3m');
      await form.getByRole('textbox', { name: 'How long' }).blur();
      await expect(form.getByRole('textbox', { name: 'How long' })).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'invite-form-link',
    person: OWNER,
    async open(page) {
      await openInvites(page);
      const form = await openForm(page);
      await form.getByRole('radio', { name: 'Anyone with the link' }).check();
      await form.getByText('The same by command line').click();
    },
  },
  {
    name: 'invite-owner',
    person: OWNER,
    async open(page) {
      await openFilled(page, `${AUDITOR}, ${LONG}`);
      await page.getByLabel('Role', { exact: true }).selectOption('owner');
      await page.getByRole('button', { name: 'Create 2 invites' }).click();
      await expect(page.getByRole('dialog', { name: 'Give owner rights?' })).toBeVisible();
    },
  },
  {
    name: 'invite-links',
    person: OWNER,
    async open(page) {
      const at = Date.now();
      await openFilled(page, `a${at}@example.com, b${at}@example.com, ${VIEWER}`);
      await page.getByRole('button', { name: 'Create 3 invites' }).click();
      await expect(linksDialog(page)).toContainText('One was not done');
    },
  },
  { name: 'invite-paste', open: (page) => page.goto('/invite').then(() => expect(heading(page, 'Have an invite?')).toBeVisible()) },
  { name: 'invite-offer', open: (page) => follow(page, {}, JOIN) },
  {
    name: 'invite-join',
    person: STRANGER,
    open: (page) => follow(page, { email: STRANGER, emailIsYours: true, acceptable: true }, JOIN),
  },
  {
    name: 'invite-decline',
    person: STRANGER,
    async open(page) {
      await follow(page, { acceptable: true }, JOIN);
      await page.getByRole('button', { name: 'Decline' }).click();
      await expect(page.getByRole('dialog', { name: 'Decline this invite?' })).toBeVisible();
    },
  },
  {
    name: 'invite-wrong-account',
    person: STRANGER,
    open: (page) => follow(page, { refusal: { reason: 'INVITE_WRONG_ACCOUNT' } }, 'This invite is for someone else'),
  },
  {
    name: 'invite-already-member',
    person: STRANGER,
    open: (page) => follow(page, { refusal: { reason: 'ALREADY_MEMBER' } }, 'You are already a member'),
  },
  {
    name: 'invite-expired',
    statuses: [400],
    async open(page) {
      await page.route('**/iam/v2/groupInvites:inspect', (route) => route.fulfill(refusedInvite('INVITE_EXPIRED')));
      await page.goto(`/invite#${PLANTED}`);
      await expect(heading(page, 'This invite has ended')).toBeVisible();
    },
  },
  {
    name: 'invite-unknown',
    statuses: [404],
    person: STRANGER,
    async open(page) {
      await page.goto(`/invite#${PLANTED}`);
      await expect(heading(page, 'We do not know this invite')).toBeVisible();
    },
  },
];
