export { WebhooksPage, type WebhooksTab } from './webhooks-page'
export { WebhookPage } from './webhook-page'
