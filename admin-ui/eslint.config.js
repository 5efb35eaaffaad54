import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

// Arrows point down: routes → app → features → components → lib → api.
const LAYERS = ['routes', 'app', 'features', 'components', 'lib', 'api']

/** A folder may import itself and what is below it. */
const arrows = LAYERS.map((layer, at) => ({
  files: [`src/${layer}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...(at > 0
            ? [{ group: LAYERS.slice(0, at).flatMap((above) => [`@/${above}`, `@/${above}/**`]), message: `${layer}/ is below it` }]
            : []),
          // A feature is its own: what two of them need belongs to components/ or lib/.
          ...(layer === 'features'
            ? [{ group: ['@/features', '@/features/**', '../../../*'], message: 'features do not import each other' }]
            : [{ group: ['@/features/*/*'], message: 'import a feature by its index' }]),
        ],
      },
    ],
  },
}))

export default tseslint.config(
  { ignores: ['dist', 'src/api/schema.ts', 'src/app/routeTree.gen.ts', 'test-results', 'screenshots'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers in templates are read as meant; redirects are thrown by the router's design.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest'], jsxA11y.flatConfigs.strict],
    languageOptions: { globals: globals.browser },
  },
  { files: ['public/**/*.js'], languageOptions: { globals: globals.browser, sourceType: 'script' }, rules: { 'no-var': 'off' } },
  { files: ['scripts/**', 'e2e/**'], languageOptions: { globals: globals.node }, rules: { 'no-empty-pattern': 'off' } },
  ...arrows,
)
