import { describe, expect, it } from 'vitest';
import type { Connection, SyncView } from '../../src/lib/bindings';
import { onStage } from './stage';

const CLOCK = 'Годинник пристрою розходиться з сервером офісу.';

const waitingFor = (what: 'clock' | 'unreachable'): Connection => ({
  is: 'waiting',
  until_ms: 0,
  trouble: { what },
});

describe('What keeps the sync from going on', () => {
  it.each(['technician', 'dispatcher'] as const)(
    'is told the %s by the chip and the settings',
    async (who) => {
      await using stage = await onStage('noon', { who, width: who === 'dispatcher' ? 1366 : 800 });
      const { page, sees } = stage;
      const status = await stage[who].ask('sync_status', {});
      let now: SyncView = { ...status, clock_offset_ms: 0, not_accepted: 1, connection: waitingFor('clock') };
      await page.route('**/call/sync_status', (route) => route.fulfill({ json: now }));
      await stage.open('/today');
      await page.getByRole('link', { name: 'Годинник розходиться' }).first().tap();
      await sees(CLOCK);
      expect(await page.getByText('відстає').count()).toBe(0);

      now = {
        ...now,
        not_accepted: 0,
        unsent: 3,
        clock_offset_ms: 90 * 60_000,
        connection: { is: 'failed' },
      };
      await page.reload();
      await sees('Годинник пристрою відстає від офісу: 1\u00a0год\u00a030\u00a0хв.');
      await sees('Обмін з офісом зупинився: пристрій не зміг');
      await page.getByRole('link', { name: 'Обмін зупинився' }).first().waitFor();

      // Without a network work goes on, and nobody is alarmed.
      now = { ...now, clock_offset_ms: -240_000, connection: waitingFor('unreachable') };
      await page.reload();
      await page.getByRole('link', { name: '3 зміни чекають на зв’язок' }).first().waitFor();
      await sees('Немає зв’язку з офісом.');
      expect(await page.getByText('поспішає').count()).toBe(0);
    },
  );
});
