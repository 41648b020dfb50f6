// Makes segments.json, the vectors of TestVectors, with Twilio's published calculator (MIT licence) as judge.
// In an empty folder: npm install sms-segments-calculator@1.3.0, copy this file there, node segments.js > segments.json
const { SegmentedMessage } = require('sms-segments-calculator');
const { splitGraphemes } = require('sms-segments-calculator/dist/libs/textUtils.js');

// A small generator of pseudo-random numbers, so that every run makes the same file.
let state = 20261122;
const random = (n) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 4294967296) * n);
};

const texts = new Set();
const around = (n) => [n - 1, n, n + 1];
const borders = [1, 2, ...around(70), ...around(134), ...around(153), ...around(160), ...around(201), ...around(306), ...around(459), ...around(612)];

// One character repeated, and one awkward character at the start, at the end and over each border.
for (const n of borders) {
  for (const c of ['a', '€', 'ñ', '’', '😀']) texts.add(c.repeat(n));
  for (const c of ['€', '^', '{', '’', 'é', 'ç', '😀', '\n', 'e\u0301']) {
    texts.add(c + 'a'.repeat(n - 1));
    texts.add('a'.repeat(n - 1) + c);
  }
}
for (const at of [66, 67, 68, 69, 70, 133, 152, 153, 159, 160, 305]) {
  texts.add('a'.repeat(at) + '😀' + 'b'.repeat(40));
  texts.add('a'.repeat(at) + '|' + 'b'.repeat(10));
  texts.add('a'.repeat(at) + '[~]' + 'b'.repeat(200));
  texts.add('à'.repeat(at) + '👍🏽 ok');
  texts.add('a'.repeat(at) + '👨‍👩‍👧‍👦' + 'b');
  texts.add('a'.repeat(at) + '🇺🇸🇨🇦');
}

// Texts as people write them.
const shop = 'Sample Coffee: ';
for (const body of [
  '', ' ', '\r\n', 'OK', 'Hi Ana, your order ships Friday. Reply SKIP to skip it.',
  'Hi Ana, your order ships Friday. Reply “SKIP” to skip it – we’ll confirm.',
  'Total: €12,50 [incl. tax] ~3 days | reply SKIP or DELAY {2 weeks}',
  'Votre café arrive bientôt, répondez PASSER pour sauter cette livraison.',
  'Tu pedido llega el miércoles. Responde SALTAR si prefieres esperar. ¡Gracias!',
  'Ihr Paket kommt am Dienstag. Grüße aus Zürich, schöne Woche!',
  'Twoja paczka będzie u Ciebie w środę, dziękujemy.',
  'ご注文は金曜日に発送されます。', 'طلبك قادم يوم الجمعة', 'Ваш заказ будет в пятницу',
  'ΔΦΓΛΩΠΨΣΘΞ and αβγ', 'ΔΦΓΛΩΠΨΣΘΞ only', 'tab\there', 'form\ffeed', 'back`tick', 'nbsp\u00a0here',
  'cafe\u0301', 'caf\u00e9', 'pin̄a', '❤️', '❤', '☕️ ready', '1️⃣ or 2️⃣?', 'zero\u200bwidth', '½ price', '100 % ¤', '№ 5', '…',
]) {
  texts.add(body);
  texts.add(shop + body);
  texts.add(shop + body + ' ' + body + ' ' + body + ' ' + body);
}

// Random mixtures of every length up to seven segments.
const gsm = [...'abcdefghij klmnopqrs tuvwxyz 0123456789 .,!?@£$éñü\n'];
const dear = [...'^{}\\[~]|€'];
const wide = [...'’“”–…çêłжあ中', '😀', '🥳', '𝒜'];
for (let i = 0; i < 160; i++) {
  const kind = i % 4;
  const length = random(kind < 2 ? 700 : 320) + 1;
  let s = '';
  for (let n = 0; n < length; n++) {
    const roll = random(10);
    if (kind === 1 && roll < 3) s += dear[random(dear.length)];
    else if (kind === 2 && roll < 2) s += wide[random(wide.length)];
    else if (kind === 3 && roll < 8) s += wide[random(wide.length)];
    else s += gsm[random(gsm.length)];
  }
  texts.add(s);
}

const lines = [...texts].map((text) => {
  const m = new SegmentedMessage(text);
  const bits = m.encodingName === 'GSM-7' ? 7 : 16;
  return JSON.stringify({
    text,
    encoding: m.encodingName,
    characters: m.numberOfUnicodeScalars,
    units: m.messageSize / bits,
    segments: m.segmentsCount,
    left: Math.floor(m.segments[m.segments.length - 1].freeSizeInBits() / bits),
    // more than one code point that the calculator will not part
    clusters: splitGraphemes(text).some((g) => [...g].length > 1) || undefined,
  });
});
process.stdout.write('[\n' + lines.join(',\n') + '\n]\n');
