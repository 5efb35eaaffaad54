export { ToolsPage } from './tools-page'
export { ToolPage } from './tool-page'
