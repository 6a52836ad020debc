/**
 * What ESLint alone can do: the house rules, .vue files, and scripts without types. The rules of .ts files are oxlint's, which knows their types
 * at a tenth of the cost (.oxlintrc.json, docs/decisions/0029-two-linters.md); test/unit/lint holds the two lists against each other.
 */
import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { kafkaCodesRule } from './tools/lint/kafka-codes.mjs'
import { layersRule } from './tools/lint/layers.mjs'

const house = { rules: { layers: layersRule, 'kafka-codes': kafkaCodesRule } }

export default tseslint.config(
  // The last of them is what a build makes of its configuration while it reads it.
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'coverage/**', 'test-results/**', '*.config.ts.*.mjs'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.{ts,mts}'], languageOptions: { parser: tseslint.parser } },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.{vue,mjs}'] })),
  ...pluginVue.configs['flat/essential'].map((config) => ({ ...config, files: ['**/*.vue'] })),
  {
    files: ['**/*.vue'],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      'vue/multi-word-component-names': 'error',
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
      // `() => stop()` says what is done when; only a returned void inside a body is a surprise.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  // Plain Node without a TypeScript project: they run before anything is installed.
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['{src-main,tools,test}/**/*.{ts,mts,mjs}', 'src-renderer/**/*.{ts,vue}'],
    plugins: { house },
    rules: { 'house/layers': 'error' },
  },
  {
    files: ['src-main/**/*.ts', 'src-renderer/**/*.{ts,vue}'],
    plugins: { house },
    rules: { 'house/kafka-codes': 'error' },
  },
  {
    files: ['**/*.{vue,mjs}'],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // Rows of typed arrays are in range by construction (noUncheckedIndexedAccess cannot know), and `?? 0` would make unknown zero.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  { files: ['tools/**', 'test/**'], rules: { 'no-console': 'off' } },
)
