/** A public key as CloudFront takes it (ECDSA, 256 bits); nobody has its private half. */
export const PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEW2rWDaQeFrlHHiOz4bDqDX46dmFu
HJTdqmau3rILoqkubcutwjReGmiVIc/XdV+KO0GGVjVhriXh5q7xjCq/vA==
-----END PUBLIC KEY-----
`;
