import type { Language } from './card';

/** The page's own words. */
export interface Words {
  readonly chats: string;
  readonly everybody: string;
  readonly bot: string;
  readonly all: string;
  readonly nothing: string;
  readonly recalled: string;
  readonly edited: string;
  readonly read: string;
  readonly unread: string;
  readonly buzz: string;
  readonly write: string;
  readonly send: string;
  readonly failed: string;
  readonly unreachable: string;
  readonly attachment: Record<string, string>;
}

export const words: Record<Language, Words> = {
  en_us: {
    chats: 'Chats with bots',
    everybody: 'All people',
    bot: 'Bot',
    all: 'everyone',
    nothing: 'Nothing here yet. What the bot sends appears at once.',
    recalled: 'This message was recalled',
    edited: 'updated',
    read: 'Read',
    unread: 'Unread',
    buzz: 'Buzz',
    write: 'Write to the bot',
    send: 'Send',
    failed: 'The operation failed, please try again later. Code:',
    unreachable: 'The simulator does not answer.',
    attachment: { image: 'Image', file: 'File', audio: 'Audio', media: 'Video', sticker: 'Sticker' },
  },
  zh_cn: {
    chats: '机器人会话',
    everybody: '所有人员',
    bot: '机器人',
    all: '所有人',
    nothing: '暂无消息。机器人发来的消息会立即显示在这里。',
    recalled: '此消息已撤回',
    edited: '已更新',
    read: '已读',
    unread: '未读',
    buzz: '加急',
    write: '给机器人发消息',
    send: '发送',
    failed: '操作失败,请稍后重试。错误码:',
    unreachable: '模拟器没有响应。',
    attachment: { image: '图片', file: '文件', audio: '语音', media: '视频', sticker: '表情' },
  },
};
