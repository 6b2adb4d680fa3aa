import { botWorks } from '../world/apps';
import { PlatformError } from './errors';
import type { Platform } from './gates';

export function registerBot(platform: Platform): void {
  platform.route({
    method: 'GET',
    path: '/open-apis/bot/v3/info',
    envelope: 'top',
    handler({ app, world }) {
      // unverified: the code for a bot that is off or not released; only "not 0" is known.
      if (!botWorks(app)) throw new PlatformError(11205, 'app do not have bot', 400);
      return {
        bot: {
          activate_status: 2,
          app_name: app.name,
          avatar_url: app.avatarUrl,
          ip_white_list: app.ipAllowList,
          open_id: world.ids.botOpenId(app.appId),
        },
      };
    },
  });
}
