/** Exit code where nobody could be signed in, or who was lacks the right. */
export const signInExitCode = 3;
