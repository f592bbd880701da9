// Signing in devices and programs, in every state.
import { expect } from '@playwright/test';
import { authorizeUrl, startDevice } from './clients.ts';
import { heading } from './console.ts';
import type { PageToSee } from './pages.ts';
import { OWNER } from './people.ts';

export const CLIENT_PAGES: PageToSee[] = [
  {
    name: 'activate',
    person: OWNER,
    async open(page) {
      await page.goto('/activate');
      await expect(page.getByLabel('Code')).toBeVisible();
    },
  },
  {
    name: 'activate-wrong',
    person: OWNER,
    async open(page) {
      await page.goto('/activate');
      await page.getByLabel('Code').fill('AEIO');
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByText('no code in this')).toBeVisible();
    },
  },
  {
    name: 'activate-confirm',
    person: OWNER,
    async open(page, server) {
      const device = await startDevice(server);
      await page.goto(device.verification_uri_complete);
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();
    },
  },
  {
    name: 'activate-elsewhere',
    person: OWNER,
    async open(page, server) {
      const device = await startDevice(server);
      await page.goto(device.verification_uri_complete);
      await page.route('**/auth/device:inspect', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...(await answer.json()), callerAddress: '198.51.100.7' } });
      });
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByText('Another network than yours.')).toBeVisible();
    },
  },
  {
    name: 'activate-denied',
    person: OWNER,
    async open(page, server) {
      const device = await startDevice(server);
      await page.goto(device.verification_uri_complete);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('button', { name: 'Deny' }).click();
      await expect(heading(page, 'You denied it')).toBeVisible();
    },
  },
  {
    name: 'activate-approved',
    person: OWNER,
    async open(page, server) {
      const device = await startDevice(server);
      await page.goto(device.verification_uri_complete);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('button', { name: 'Approve' }).click();
      await expect(heading(page, 'Your terminal is signed in')).toBeVisible();
    },
  },
  {
    name: 'authorize',
    person: OWNER,
    async open(page, server) {
      await page.goto(authorizeUrl(server, 'http://127.0.0.1:4180/callback'));
      await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible();
    },
  },
  {
    name: 'authorize-ended',
    person: OWNER,
    statuses: [404],
    async open(page) {
      await page.goto('/authorize?request=made-up');
      await expect(heading(page, 'This request has ended')).toBeVisible();
    },
  },
  {
    name: 'me',
    person: OWNER,
    async open(page) {
      await page.route('**/auth/grants', (route) =>
        route.fulfill({
          json: {
            grants: [
              {
                id: '1'.repeat(40),
                client: { id: 'cli', name: 'Bailiwick command line' },
                host: 'build-07.example.com',
                address: '203.0.113.24',
                byDevice: true,
                createTime: '2026-01-02T10:00:00Z',
                lastUsedTime: '2026-01-05T10:00:00Z',
              },
              {
                id: '2'.repeat(40),
                client: { id: 'cli', name: 'Bailiwick command line' },
                host: '',
                address: '',
                byDevice: false,
                createTime: '2026-01-01T10:00:00Z',
                lastUsedTime: '2026-01-05T10:00:00Z',
              },
            ],
          },
        }),
      );
      await page.goto('/me');
      await expect(page.getByRole('table', { name: 'What is signed in as you' })).toBeVisible();
    },
  },
  {
    name: 'me-nothing',
    person: OWNER,
    async open(page) {
      await page.goto('/me');
      await expect(page.getByText('Nothing else is signed in as you')).toBeVisible();
    },
  },
];
