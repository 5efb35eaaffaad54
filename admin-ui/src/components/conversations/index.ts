export { ChannelIcon, ConversationLink, ConversationState, callerOf, conversationColumns } from './columns'
