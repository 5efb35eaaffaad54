export { SettingsPage, type SettingsTab } from './settings-page'
