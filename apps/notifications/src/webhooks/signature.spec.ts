import { describe, expect, it } from '@jest/globals';
import { signature } from './sender.js';

describe('the signature of the Standard Webhooks specification', () => {
  // The example of the specification's reference implementation (standard-webhooks 1.0).
  it('agrees with the published example', () => {
    const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    expect(signature(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
});
