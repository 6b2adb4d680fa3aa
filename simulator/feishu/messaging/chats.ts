import type { App, Person } from '../../world/types';
import type { World } from '../../world/world';
import { Slot } from '../../world/world';

/** A conversation: one person and one bot, or a group with any number of both. */
export interface Chat {
  readonly chatId: string;
  readonly kind: 'p2p' | 'group';
  readonly tenantKey: string;
  name: string;
  /** Apps whose bots are in it. */
  appIds: string[];
  userIds: string[];
  /** Nobody but the owner may write. */
  muted: boolean;
  dissolved: boolean;
}

/** How a person turned a bot away: `blocked` = 230035, `stopped` = 230053. */
export type Refusal = 'blocked' | 'stopped';

/** Chats that came into being and who turned away which bot. */
export class Chats {
  private readonly chats = new Map<string, Chat>();
  private readonly refusals = new Map<string, Refusal>();

  constructor(private readonly world: World) {}

  get(chatId: string): Chat | undefined {
    return this.chats.get(chatId);
  }

  /** The chat of a bot and a person: made at first use, its id always the same. */
  p2p(app: App, person: Person): Chat {
    const chatId = this.p2pId(app, person);
    let chat = this.chats.get(chatId);
    if (!chat) {
      chat = {
        chatId,
        kind: 'p2p',
        tenantKey: app.tenantKey,
        name: '',
        appIds: [app.appId],
        userIds: [person.userId],
        muted: false,
        dissolved: false,
      };
      this.chats.set(chatId, chat);
    }
    return chat;
  }

  p2pId(app: App, person: Person): string {
    return this.world.ids.named('oc_', `${app.appId}/${person.serial}`);
  }

  group(content: Pick<Chat, 'tenantKey' | 'name' | 'appIds' | 'userIds'>): Chat {
    const chat: Chat = {
      ...content,
      chatId: this.world.ids.next('oc_'),
      kind: 'group',
      muted: false,
      dissolved: false,
    };
    this.chats.set(chat.chatId, chat);
    return chat;
  }

  refusal(app: App, person: Person): Refusal | undefined {
    return this.refusals.get(`${app.appId}/${person.serial}`);
  }

  refuse(app: App, person: Person, refusal: Refusal | undefined): void {
    const key = `${app.appId}/${person.serial}`;
    if (refusal) this.refusals.set(key, refusal);
    else this.refusals.delete(key);
  }
}

export const chats = new Slot((world) => new Chats(world));
