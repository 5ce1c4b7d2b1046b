/** The file of the package that holds seedrandom itself; its entry brings six other generators along. */
declare module "seedrandom/seedrandom.js" {
  import seedrandom from "seedrandom";
  export default seedrandom;
}
