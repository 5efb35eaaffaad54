export { WebhooksPage } from './webhooks-page'
export { WebhookPage } from './webhook-page'
