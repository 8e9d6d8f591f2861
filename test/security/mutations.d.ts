export const mutations: readonly {
  threat: string;
  test: readonly [file: string, title: string];
  file: string;
  text: string;
  into: string;
}[];
