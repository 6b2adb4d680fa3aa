import { LRUCache } from 'lru-cache';
import { Slot } from '../../world/world';
import type { Platform } from '../gates';
import { fieldViolations } from '../gates';

/** `appId imageKey` of every upload; the pictures themselves are not kept. */
export const images = new Slot(() => new LRUCache<string, true>({ max: 50_000 }));

/** `POST /im/v1/images`: answers a key that only the uploading app may use in its cards. */
export function registerImages(platform: Platform): void {
  platform.route({
    method: 'POST',
    path: '/open-apis/im/v1/images',
    scopes: ['im:resource', 'im:resource:upload'],
    handler: ({ world, app, rawBody }) => {
      for (const field of ['image_type', 'image'])
        if (!rawBody.includes(`name="${field}"`))
          throw fieldViolations([{ field, description: `${field} is required` }]);
      const imageKey = world.ids.next('img_v3_');
      world.use(images).set(`${app.appId} ${imageKey}`, true);
      return { image_key: imageKey };
    },
  });
}
