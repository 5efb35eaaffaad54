export { TwilioPage } from './twilio-page'
