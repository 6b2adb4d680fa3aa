import { StoreUnavailable, translated } from '../../store/errors';

test.each(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT'])(
  'what a socket says whose server has just closed it means that the database is away: %s',
  (code) => {
    const said = Object.assign(new Error('This socket has been ended by the other party'), { code });
    expect(translated(said)).toBeInstanceOf(StoreUnavailable);
  },
);

test('other errors stay as they are', () => {
  const error = Object.assign(new Error('of our own'), { code: 'SOMETHING' });
  expect(translated(error)).toBe(error);
});
