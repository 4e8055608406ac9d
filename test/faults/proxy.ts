export * from '../../libs/messaging/specs/proxy.js';
