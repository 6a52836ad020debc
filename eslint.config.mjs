import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { kafkaCodesRule } from './tools/lint/kafka-codes.mjs'
import { layersRule } from './tools/lint/layers.mjs'

const house = { rules: { layers: layersRule, 'kafka-codes': kafkaCodesRule } }
const typed = { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] }

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'coverage/**', 'test-results/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,mts,vue,mjs}'] })),
  ...pluginVue.configs['flat/essential'].map((config) => ({ ...config, files: ['**/*.vue'] })),
  { files: ['**/*.{ts,mts}'], languageOptions: { parserOptions: typed } },
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { ...typed, parser: tseslint.parser } },
    rules: {
      'vue/multi-word-component-names': 'error',
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
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
    files: ['**/*.{ts,mts,vue,mjs}'],
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
  {
    files: ['**/*.{ts,mts,vue}'],
    rules: {
      // `() => stop()` says what is done when; only a returned void inside a body is a surprise.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  { files: ['tools/**', 'test/**', 'src-main/inspect.ts', 'src-main/inspect/**'], rules: { 'no-console': 'off' } },
)
