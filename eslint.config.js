import tseslint from "typescript-eslint";

/** The core never reads the clock: the day is an argument. */
const clockReads = [
  {
    selector: "CallExpression[callee.object.name=/^(Date|performance)$/][callee.property.name='now']",
    message: "The core does not read the clock: take the day as an argument.",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "The core does not read the clock: take the day as an argument.",
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: "The core does not read the clock: take the day as an argument.",
  },
];

/** Typed lint: promises are awaited, nothing is `any`, nothing prints to the console by accident. */
export default tseslint.config(
  { ignores: ["dist/**", "out/**", "node_modules/**", ".dependency-cruiser.cjs"] },
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
  {
    files: ["src/vatReturn/**", "src/codeLists/**", "src/validation/**"],
    rules: { "no-restricted-syntax": ["error", ...clockReads] },
  },
  {
    // Amounts and rates are exact decimals: binary floating point has no business in rules and code lists.
    files: ["src/validation/rules/**", "src/codeLists/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["Number", "parseFloat", "parseInt", "Math"].map((name) => ({
          name,
          message: "Compute with the exact decimals of src/vatReturn/decimal.ts.",
        })),
      ],
      "no-restricted-syntax": [
        "error",
        ...clockReads,
        { selector: "UnaryExpression[operator='+']", message: "Turns a text into a floating point number." },
        { selector: "Literal[raw=/^[0-9]*[.][0-9]/]", message: "Write fractions as exact decimals." },
        { selector: "BinaryExpression[operator='/']", message: "Divides in floating point: use hundredth()." },
      ],
    },
  },
  { files: ["**/*.mjs", "*.js"], ...tseslint.configs.disableTypeChecked },
);
