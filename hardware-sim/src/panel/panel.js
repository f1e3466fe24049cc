/** The panel: sends acts, shows the state stream. It keeps no state of its own but what is chosen on the page. */

const KIND = { siren: '声', lamp: '灯', display: '屏' };
const DOING = {
  quiet: '安静',
  sounding: '在响',
  flashing: '在闪',
  showing: '在显示',
  fault: '故障',
  away: '断开',
  silent: '死机',
};
const MODE = { actual: '真实警情', exercise: '演练', test: '测试' };
const DEVICE = {
  'id-1': '身份证阅读器',
  'card-1': '读卡器',
  'qr-1': '扫码器',
  'siren-1': '警号',
  'strobe-1': '警灯',
  'door-1': '门锁',
  'button-1': '报警按钮',
  'printer-1': '访客证打印机',
};
const POSITION = {
  'siren-1': ['在响', '安静'],
  'strobe-1': ['在闪', '不闪'],
  'door-1': ['开着', '锁着'],
  'button-1': ['按下', '松开'],
};
const FAULT = {
  delay: '迟答 1 秒',
  drop: '不答',
  corrupt: '错字节',
  garbage: '乱码',
  stick: '卡住',
  cut: '按钮断线',
  paperLow: '纸快用完',
  paperOut: '没纸了',
  coverOpen: '盖子开着',
  cutterJam: '切刀卡住',
};
/** Faults that only one device can have. */
const OWN = {
  cut: 'button-1',
  paperLow: 'printer-1',
  paperOut: 'printer-1',
  coverOpen: 'printer-1',
  cutterJam: 'printer-1',
};
const SWARM_FAULT = { cut: '断网', silent: '死机', stuck: '继电器卡住' };

const $ = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
const english = (text) => make('small', { lang: 'en', textContent: text });

const squares = new Map();
const rows = new Map();
const tiles = new Map();
let chosen = null;
let last = null;

function say(text, bad = false) {
  $('said').textContent = text;
  $('said').className = bad ? 'bad' : '';
}

async function act(body, done) {
  try {
    const response = await fetch('/api/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const reply = await response.json();
    say(response.ok ? done : reply.message, !response.ok);
  } catch {
    say('模拟器没有应答', true);
  }
}

/** A badge per word: what it does, then what is wrong with it. */
function badges(device) {
  const list = [];
  if (!device.plugged) list.push(['线拔了', 'away']);
  const [on, off] = POSITION[device.device] ?? [];
  if (device.on === true) list.push([on, 'on']);
  if (device.on === false) list.push([off, '']);
  if (device.holds) list.push([tiles.get(device.holds)?.dataset.name ?? device.holds, 'on']);
  if (device.holds === null) list.push(['空', '']);
  for (const fault of device.faults) list.push([FAULT[fault] ?? fault, 'fault']);
  return list.map(([textContent, kind]) => make('span', { className: `badge ${kind}`, textContent }));
}

const COUNT = { 'id-1': '读', 'card-1': '刷', 'qr-1': '扫', 'button-1': '按', 'printer-1': '出证' };
const counted = (device) => {
  const word = COUNT[device.device];
  return word === undefined ? `动 ${device.switched} 次` : `${word} ${device.count} 次`;
};

function addRow(device) {
  const name = DEVICE[device.device] ?? device.device;
  const now = make('td');
  const cable = make('td', { textContent: device.cable });
  const plug = make('button', { type: 'button', className: 'plain' });
  plug.addEventListener('click', async () => {
    const plugged = rows.get(device.device).plugged;
    await act({ act: plugged ? 'unplug' : 'plug', device: device.device }, `${name}：线${plugged ? '拔了' : '插上了'}`);
  });
  cable.append(' ', plug);
  const faults = make(
    'select',
    { ariaLabel: `${name}的故障` },
    make('option', { value: '', textContent: '制造故障…' }),
  );
  for (const [value, textContent] of Object.entries(FAULT)) {
    if ((OWN[value] ?? device.device) === device.device) faults.append(make('option', { value, textContent }));
  }
  faults.addEventListener('change', async () => {
    await act({ act: 'fault', device: device.device, fault: faults.value }, `${name}：${FAULT[faults.value]}`);
    faults.value = '';
  });
  const mend = make('button', { type: 'button', textContent: '恢复' });
  mend.addEventListener('click', () => act({ act: 'clear', device: device.device }, `${name}：恢复了`));
  const row = make(
    'tr',
    {},
    make('td', {}, name, ' ', english(device.device)),
    now,
    cable,
    make('td', {}, faults),
    make('td', {}, mend),
  );
  $('bench').append(row);
  rows.set(device.device, { now, plug, plugged: true });
}

function showBench(devices) {
  $('no-bench').hidden = devices.length > 0;
  for (const device of devices) {
    if (!rows.has(device.device)) addRow(device);
    const row = rows.get(device.device);
    row.plugged = device.plugged;
    row.plug.textContent = device.plugged ? '拔' : '插';
    row.now.replaceChildren(...badges(device).flatMap((badge) => [badge, ' ']), english(counted(device)));
    if (device.device === 'button-1') $('hold').setAttribute('aria-pressed', String(device.on));
  }
  const lying = new Set(devices.map((device) => device.holds).filter(Boolean));
  for (const [key, tile] of tiles) tile.classList.toggle('lying', lying.has(key));
}

/** Slips as pictures, newest first; one that is being printed is drawn anew with each line. */
function showSlips(slips) {
  $('paper').hidden = slips === undefined;
  if (slips === undefined) return;
  const wanted = slips.toReversed().map(({ n, rows, cut }) => `/api/slips/${n}.svg?${rows}${cut ? 'c' : ''}`);
  const shown = [...$('slips').children].map((image) => image.getAttribute('src'));
  $('no-slip').hidden = slips.length > 0;
  if (wanted.join() === shown.join()) return;
  $('slips').replaceChildren(
    ...slips.toReversed().map(({ n }, i) => make('img', { src: wanted[i], alt: `第 ${n} 张`, title: `第 ${n} 张` })),
  );
}

const statusOf = (d) => (d.faults.includes('silent') ? 'silent' : d.online ? d.doing : 'away');
function look(d) {
  const status = statusOf(d);
  if (status === 'fault' || status === 'away' || status === 'silent') return status;
  return status === 'quiet' ? 'quiet' : (d.mode ?? 'quiet');
}
const glyph = (d) => ({ fault: '！', away: '—', silent: '？' })[look(d)] ?? KIND[d.kind] ?? '';

function describe(d) {
  const words = [d.name, DOING[statusOf(d)]];
  if (d.mode) words.push(MODE[d.mode]);
  for (const fault of d.faults) words.push(SWARM_FAULT[fault]);
  return [...new Set(words)].join('，');
}

function addSquare(device) {
  let zone = $(`zone-${device.zone}`);
  if (zone === null) {
    zone = make('div', { className: 'squares', id: `zone-${device.zone}` });
    $('zones').append(make('div', {}, make('h3', { textContent: device.zoneName }), zone));
  }
  const square = make('button', { type: 'button' }, make('span'));
  square.addEventListener('click', () => {
    chosen = device.device;
    if (last) showSwarm(last.swarm);
  });
  zone.append(square);
  squares.set(device.device, square);
}

function showCounts(counts) {
  const keys = ['sounding', 'flashing', 'showing', 'quiet', 'fault', 'away', 'silent'].filter((key) => counts[key] > 0);
  const items = keys.map((key) => make('li', {}, DOING[key], ' ', make('b', { textContent: counts[key] })));
  $('counts').replaceChildren(...items);
}

function showSwarm({ devices, counts }) {
  for (const device of devices) {
    if (!squares.has(device.device)) addSquare(device);
    const square = squares.get(device.device);
    const unfit = device.faults.length > 0 ? ' unfit' : '';
    square.className = `square ${look(device)}${unfit}${device.device === chosen ? ' chosen' : ''}`;
    square.firstChild.textContent = glyph(device);
    square.title = describe(device);
    square.setAttribute('aria-label', describe(device));
    if (device.device === chosen) $('picked').textContent = `${describe(device)}（${device.device}）`;
  }
  $('no-swarm').hidden = devices.length > 0;
  $('picked').hidden = devices.length === 0;
  $('picked-acts').hidden = chosen === null;
  showCounts(counts);
}

function addTile(parent, entry, name, onClick) {
  const tile = make('button', { type: 'button', title: `${entry.note} ${entry.noteEn} (${entry.key})` });
  tile.append(make('b', { textContent: name }), make('small', { textContent: entry.note }));
  tile.dataset.name = name;
  tile.addEventListener('click', onClick);
  parent.append(tile);
  tiles.set(entry.key, tile);
}

async function showLists() {
  const { persons, cards } = await (await fetch('/api/list')).json();
  const keep = (id) => ($(id).checked ? { keep: true } : {});
  for (const person of persons) {
    addTile($('persons'), person, person.name, () =>
      act({ act: 'present', person: person.key, ...keep('keep-id') }, `放下${person.name}的身份证`),
    );
  }
  for (const card of cards) {
    if (card.key.startsWith('parent-')) {
      $('family').append(make('option', { value: card.key, textContent: `${card.title}${card.note}，${card.last4}` }));
      continue;
    }
    const name = `${card.title} ${card.last4}`;
    addTile($('card-tiles'), card, name, () =>
      act({ act: 'tap', card: card.key, ...keep('keep-card') }, `刷了卡 ${card.last4}`),
    );
  }
}

for (const button of document.querySelectorAll('[data-act]')) {
  button.addEventListener('click', () =>
    act({ act: button.dataset.act }, button.dataset.act === 'clear' ? '全部恢复了' : '拿走了'),
  );
}
for (const button of document.querySelectorAll('[data-fault]')) {
  button.addEventListener('click', () =>
    act(
      { act: 'fault', device: chosen, fault: button.dataset.fault },
      `${chosen}：${SWARM_FAULT[button.dataset.fault]}`,
    ),
  );
}
$('heal').addEventListener('click', () => act({ act: 'clear', device: chosen }, `${chosen}：修好了`));
$('press').addEventListener('click', () => act({ act: 'press' }, '按了一下报警按钮'));
$('hold').addEventListener('click', async () => {
  const held = $('hold').getAttribute('aria-pressed') === 'true';
  await act(held ? { act: 'release' } : { act: 'press', keep: true }, held ? '松开了' : '按住了报警按钮');
});
$('tap-family').addEventListener('click', () => act({ act: 'tap', card: $('family').value }, '刷了卡'));
$('scan').addEventListener('submit', async (event) => {
  event.preventDefault();
  await act({ act: 'scan', text: $('code').value }, '扫了码');
});

await showLists();
const events = new EventSource('/api/events');
events.addEventListener('state', ({ data }) => {
  last = JSON.parse(data);
  $('link').textContent = { pty: '伪终端', tcp: 'TCP 端口', off: '真设备' }[last.mounts];
  $('link').className = 'link';
  showBench(last.gate);
  showSlips(last.gate.find(({ slips }) => slips)?.slips);
  showSwarm(last.swarm);
});
events.addEventListener('error', () => {
  $('link').textContent = '模拟器没有应答';
  $('link').className = 'link bad';
});
