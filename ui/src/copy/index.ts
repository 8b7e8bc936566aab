/** Every word people read, by language. Welsh will stand beside English with the same shape. */
import { en } from "./en";

export const copy = en;
