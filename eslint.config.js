import tseslint from "typescript-eslint";

/** Typed lint: promises are awaited, nothing is `any`, nothing prints to the console by accident. */
export default tseslint.config(
  { ignores: ["dist/**", "out/**", "node_modules/**"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["*.js", "*.mjs"] } } },
    rules: {
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
    },
  },
  { files: ["*.mjs", "*.js"], ...tseslint.configs.disableTypeChecked },
);
